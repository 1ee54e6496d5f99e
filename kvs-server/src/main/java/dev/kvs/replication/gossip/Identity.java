package dev.kvs.replication.gossip;

import dev.kvs.model.KvsException;
import dev.kvs.model.StoreId;
import dev.kvs.model.Uuids;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.Store;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that others know of writes of this store which are not here: its disk was taken back to an earlier state, by a backup
 * or a snapshot. Whatever it wrote on under its name would be taken for what it wrote before, so it takes another name; what
 * others have under the old one then comes as from any other store.
 */
final class Identity {
    private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

    private final Store store;
    private final GossipReplication.Ports ports;
    private final AtomicBoolean changing = new AtomicBoolean();
    private volatile BiConsumer<StoreId, StoreId> changed = (lost, name) -> {};

    Identity(Store store, GossipReplication.Ports ports) {
        this.store = store;
        this.ports = ports;
    }

    /** Tells {@code listener} the old name and the new one whenever there is one. */
    void onChange(BiConsumer<StoreId, StoreId> listener) {
        changed = listener;
    }

    /** Somebody has said what he knows. */
    void heard(VersionVector known) {
        long claimed = known.sequenceOf(store.id());
        if (claimed > store.feed().knowledge().sequenceOf(store.id())
                && claimed > store.feed().appendedKnowledge().sequenceOf(store.id())) {
            doubt();
        }
    }

    /** This store's name is not its own any more; returns at once. */
    void doubt() {
        doubt(store.id());
    }

    /** A name is not this store's own any more; returns at once, and does nothing when it has another one already. */
    void doubt(StoreId lost) {
        if (lost.equals(store.id()) && changing.compareAndSet(false, true)) {
            ports.scheduler().after(0, () -> change(lost));
        }
    }

    private void change(StoreId lost) {
        try {
            StoreId next = new StoreId(Uuids.version7(
                    ports.time().epochMillis(),
                    ports.randomness().nextLong(),
                    ports.randomness().nextLong()));
            store.rename(lost, next);
            LOG.warn(
                    "Other members know of writes of this data directory that are not in it: it is an older copy, of a"
                            + " backup or a snapshot. It goes on as {} instead of {} and fetches what is missing.",
                    store.id(),
                    lost);
            changed.accept(lost, store.id());
        } catch (KvsException e) {
            LOG.warn("The data directory needs another name and could not get one: {}", e.detail());
        } finally {
            changing.set(false);
        }
    }
}
