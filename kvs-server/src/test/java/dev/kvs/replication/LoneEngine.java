package dev.kvs.replication;

import dev.kvs.storage.StoreFixture;
import java.io.IOException;

/** What stands behind the door of a node that runs alone: coordinator and reader over a real store. */
public record LoneEngine(StoreFixture storage, LocalCoordinator coordinator, LocalReader reader)
        implements AutoCloseable {
    /** Documents of up to 10,000 bytes; the results of repeatable requests are kept for ten minutes. */
    private static final CoordinatorSettings SETTINGS = new CoordinatorSettings(0, 10_000, 1_000, 600_000, 100);

    /** Takes the store over. */
    public static LoneEngine over(StoreFixture storage) {
        return over(storage, Copies.LONE);
    }

    /** Takes the store over and believes what it is told about copies. */
    public static LoneEngine over(StoreFixture storage, Copies copies) {
        return new LoneEngine(
                storage,
                new LocalCoordinator(
                        storage.store(),
                        new Stripes(),
                        copies,
                        Admission.OPEN,
                        storage.time(),
                        storage.randomness(),
                        SETTINGS),
                new LocalReader(storage.store(), storage.time()));
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
