package dev.kvs.boot;

import dev.kvs.boot.config.HttpConfig;
import dev.kvs.boot.config.LoadedConfig;
import dev.kvs.boot.config.NodeConfig;
import dev.kvs.http.Meters;
import dev.kvs.http.PublicDoor;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import dev.kvs.platform.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: opens and joins its parts, and closes them in reverse order. */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /** A data directory without it is new. */
    private static final String STORE = "store.mv.db";

    private final OpenParts parts;
    private final PublicDoor door;
    private final String address;

    private Node(OpenParts parts, PublicDoor door, NodeConfig config) {
        this.parts = parts;
        this.door = door;
        this.address = address(config, door);
    }

    private static String address(NodeConfig config, PublicDoor door) {
        String scheme = config.tls().isPresent() ? "https" : "http";
        return Addresses.url(scheme, config.http().bindAddress(), door.port());
    }

    /** Starts a node; when this throws, everything that was opened is closed again. */
    public static Node start(LoadedConfig config) throws StartException {
        return start(config, StoreEngine::open);
    }

    static Node start(LoadedConfig config, Engine.Opener opener) throws StartException {
        OpenParts parts = new OpenParts();
        boolean started = false;
        try {
            PublicDoor door = open(config, opener, parts);
            Node node = new Node(parts, door, config.node());
            started = true;
            return node;
        } finally {
            if (!started) {
                parts.close();
            }
        }
    }

    private static PublicDoor open(LoadedConfig loaded, Engine.Opener opener, OpenParts parts) throws StartException {
        NodeConfig config = loaded.node();
        Addresses.check(config.http().bindAddress());
        Time time = new SystemTime();
        Optional<NodeTls> tls = NodeTls.of(config, time);
        parts.add("the data directory's lock", DataDirLock.acquire(config.dataDir()));
        Randomness randomness = new SystemRandomness();
        Meters meters = new Meters();
        tls.ifPresent(identity -> identity.publish(meters, time));
        NodeMode mode = new NodeMode(config.readOnly());
        boolean fresh = !Files.exists(config.dataDir().resolve(STORE));
        Engine engine = opener.open(config, meters, mode, tls.map(NodeTls::context), time, randomness);
        parts.add("the store", engine.store());
        engine.audit().ifPresent(audit -> parts.add("the audit log", audit));
        engine.cluster().ifPresent(cluster -> parts.add("the cluster", cluster));
        Watchmen watchmen = Watchmen.of(config, engine.system(), engine.audit().map(Audit::trail), time, randomness);
        parts.add("the renewal of root's token", watchmen.keepRootToken(fresh));
        Optional<MountedConsole> console = MountedConsole.of(config, tls);
        console.ifPresent(mounted -> parts.add("the console", mounted));
        PublicDoor door = parts.add(
                "the HTTP listener",
                new PublicDoor(
                        DoorConfig.of(config, tls.map(NodeTls::door)),
                        new PublicDoor.Engine(
                                engine.coordinator(),
                                engine.reader(),
                                engine.disputes(),
                                engine.view(),
                                engine.audit().map(Audit::trail)),
                        new NodeStatus(loaded, engine),
                        mode,
                        meters,
                        time,
                        randomness,
                        watchmen.guards(),
                        engine.cluster().map(Cluster::routes).orElse(List.of()),
                        console.map(mounted -> mounted)));
        listen(door, config.http());
        console.ifPresent(mounted -> mounted.listening(address(config, door)));
        engine.cluster()
                .ifPresent(cluster ->
                        cluster.join(Addresses.advertised(config.http().bindAddress(), door.port())));
        return door;
    }

    private static void listen(PublicDoor door, HttpConfig http) throws StartException {
        try {
            door.start();
        } catch (IOException _) {
            throw new StartException(
                    ExitCode.ADDRESS,
                    "The node cannot listen on " + http.bindAddress() + " port " + http.port() + ": "
                            + Addresses.reason(http.bindAddress(), http.port())
                            + ". Change bind_address or port, or find who holds the port with 'ss -ltnp'.");
        }
    }

    /** Where the node can be reached from this machine, for example {@code http://127.0.0.1:8080}. */
    public String address() {
        return address;
    }

    /** Stops in order: readiness goes first, running requests may finish within their grace, then the store closes. */
    @Override
    public synchronized void close() {
        if (parts.isEmpty()) {
            return;
        }
        LOG.info("The node stops");
        door.drain();
        parts.close();
        LOG.info("The node has stopped");
    }
}
