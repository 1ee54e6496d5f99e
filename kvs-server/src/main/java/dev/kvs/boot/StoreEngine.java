package dev.kvs.boot;

import dev.kvs.boot.config.NodeConfig;
import dev.kvs.boot.config.StorageConfig;
import dev.kvs.http.Meters;
import dev.kvs.platform.FileDisk;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.replication.Admission;
import dev.kvs.replication.CoordinatorSettings;
import dev.kvs.replication.Copies;
import dev.kvs.replication.LocalCoordinator;
import dev.kvs.replication.LocalDisputes;
import dev.kvs.replication.LocalReader;
import dev.kvs.replication.Stripes;
import dev.kvs.replication.SystemKeyspace;
import dev.kvs.replication.audit.StoreTrail;
import dev.kvs.replication.gossip.WinnerTree;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreOpening;
import dev.kvs.storage.StoreSettings;
import dev.kvs.storage.Trail;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.table.TableSettings;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The engine: one store on its data directory, and the node's part in a cluster if it has one. */
final class StoreEngine {
    /** Readers of the tables at once: as many as there are cores to run them, and one more for whoever waits for the disk. */
    private static final int READERS = Runtime.getRuntime().availableProcessors() + 1;

    /** Enough for a million small documents; a larger store needs to be asked again. */
    private static final int COMPACT_MILLIS = 30_000;

    /** Nodes compare their trees as of the hour; a version that may be collected later than that still counts. */
    private static final long EPOCH_MILLIS = 3_600_000;

    private StoreEngine() {}

    /** Opens the store; see {@link Engine.Opener}. */
    static Engine open(
            NodeConfig config, Meters meters, NodeMode mode, Optional<SSLContext> tls, Time time, Randomness randomness)
            throws StartException {
        WinnerTree tree = new WinnerTree();
        FileDisk disk = new FileDisk(config.dataDir());
        Optional<StoreTrail> chain =
                config.security().tamperLoggingEnabled() ? Optional.of(Audit.chain(config, disk)) : Optional.empty();
        Store store = openStore(config, disk, meters, time, randomness, tree, chain.map(Trail.class::cast));
        Optional<Audit> audit = chain.map(opened -> Audit.over(store, opened, meters, time));
        Stripes stripes = new Stripes();
        Optional<Cluster> cluster = config.cluster().enabled()
                ? Optional.of(Cluster.of(config, store, tree, stripes, mode, meters, tls, time, randomness, audit))
                : Optional.empty();
        StoreMeters.publish(store, meters);
        CoordinatorSettings settings = new CoordinatorSettings(
                config.api().defaultTtl().toMillis(),
                config.http().maxJsonSize(),
                config.http().requestTimeout().toMillis(),
                config.api().idempotencyWindow().toMillis(),
                config.storage().maxBlindDeletesPerDay());
        LocalCoordinator coordinator = new LocalCoordinator(
                store,
                stripes,
                cluster.map(Cluster::copies).orElse(Copies.LONE),
                cluster.<Admission>map(part -> part::admit).orElse(Admission.OPEN),
                time,
                randomness,
                settings);
        meters.counter(
                "kvs_blind_deletes_total",
                "Deletions of keys that this node had never seen.",
                coordinator::blindDeletes);
        return new Engine(
                coordinator,
                new LocalReader(store, time),
                new LocalDisputes(store),
                new SystemKeyspace(store, coordinator, time),
                List.of(new StorageCheck(store)),
                () -> compact(store),
                store,
                audit,
                cluster,
                new ClusterStatus(config, store, tree, mode, cluster, time));
    }

    private static void compact(Store store) {
        store.checkpoint();
        store.compact(COMPACT_MILLIS);
    }

    private static Store openStore(
            NodeConfig config,
            FileDisk disk,
            Meters meters,
            Time time,
            Randomness randomness,
            WinnerTree tree,
            Optional<Trail> trail)
            throws StartException {
        try {
            return StoreOpening.open(
                    disk,
                    settings(config.storage()),
                    config.nodeId(),
                    time,
                    randomness,
                    new StoreMeters(meters),
                    tree,
                    trail.orElse(Trail.NONE));
        } catch (DamagedException e) {
            throw new StartException(
                    ExitCode.DAMAGED_STORE, "The store in " + config.dataDir() + " cannot be used. " + e.getMessage());
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DATA_DIR, "The store in " + config.dataDir() + " cannot be opened: " + e.getMessage());
        }
    }

    private static StoreSettings settings(StorageConfig config) {
        TableSettings tables = new TableSettings(
                config.h2CacheKib(),
                READERS,
                config.revisionHistoryEnabled() ? config.revisionHistoryMax() : 1,
                config.tombstoneRetention().toMillis(),
                new BodyCompression(
                        config.compressionEnabled(), config.compressionThresholdBytes(), config.compressionLevel()));
        return new StoreSettings(
                config.memtableMaxBytes(),
                config.walSegmentBytes(),
                config.cacheMaxBytes(),
                config.writeWait().toMillis(),
                config.purgeInterval().toMillis(),
                EPOCH_MILLIS,
                tables);
    }

    /** Down once the storage has failed: what is acknowledged from then on could not be promised. */
    private record StorageCheck(Store store) implements HealthCheck {
        @Override
        public HealthCheckType type() {
            return HealthCheckType.READINESS;
        }

        @Override
        public String name() {
            return "storage";
        }

        @Override
        public HealthCheckResponse call() {
            String reason = store.failure().reason();
            HealthCheckResponse.Builder response = HealthCheckResponse.builder().status(reason == null);
            return reason == null
                    ? response.build()
                    : response.detail("detail", reason).build();
        }
    }
}
