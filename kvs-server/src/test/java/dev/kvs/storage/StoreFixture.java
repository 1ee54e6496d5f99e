package dev.kvs.storage;

import dev.kvs.model.NodeId;
import dev.kvs.platform.Disk;
import dev.kvs.platform.FileDisk;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import dev.kvs.platform.Time;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.table.TableSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A real store with its threads, small limits, and a clock that a test may move on. */
public final class StoreFixture implements AutoCloseable {
    private final Disk disk;
    private final StoreSettings settings;
    private final Supplier<Trail> trails;
    private final ShiftedTime time = new ShiftedTime();
    private final Randomness randomness = new SystemRandomness();
    private Store store;

    private StoreFixture(Disk disk, StoreSettings settings, Supplier<Trail> trails) throws IOException {
        this.trails = trails;
        this.disk = disk;
        this.settings = settings;
        this.store = opened();
    }

    /** A store in a folder, with {@link #settings()}. */
    public static StoreFixture in(Path folder) throws IOException {
        return on(new FileDisk(folder), settings());
    }

    /** A store on any disk. */
    public static StoreFixture on(Disk disk, StoreSettings settings) throws IOException {
        return on(disk, settings, () -> Trail.NONE);
    }

    /** As {@link #on(Disk, StoreSettings)}, with a trail for each opening. */
    public static StoreFixture on(Disk disk, StoreSettings settings, Supplier<Trail> trails) throws IOException {
        return new StoreFixture(disk, settings, trails);
    }

    /** A memtable of 1 MiB, log segments of 64 KiB, 4 revisions, tombstones for 10 s, epochs of 1 ms. */
    public static StoreSettings settings() {
        return settings(1 << 20, 5_000);
    }

    /** As {@link #settings()} with another memtable and another wait for room in it. */
    public static StoreSettings settings(long memtableMaxBytes, long writeWaitMillis) {
        TableSettings tables = new TableSettings(4_096, 2, 4, 10_000, new BodyCompression(true, 512, 3));
        return new StoreSettings(memtableMaxBytes, 1 << 16, 1 << 20, writeWaitMillis, 60_000, 1, tables);
    }

    private Store opened() throws IOException {
        return StoreOpening.open(
                disk,
                settings,
                new NodeId("node-1"),
                time,
                randomness,
                StorageMetrics.NONE,
                WinnerDigest.NONE,
                trails.get());
    }

    /** The store as it was opened last. */
    public Store store() {
        return store;
    }

    /** The machine's clock and what was added to it. */
    public Time time() {
        return time;
    }

    /** The machine's randomness. */
    public Randomness randomness() {
        return randomness;
    }

    /** Moves the wall clock on. */
    public void shift(long millis) {
        time.shift += millis;
    }

    /** Closes the store in good order and opens it again. */
    public void reopen() throws IOException {
        store.close();
        store = opened();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }

    private static final class ShiftedTime extends SystemTime {
        private volatile long shift;

        @Override
        public long epochMillis() {
            return super.epochMillis() + shift;
        }
    }
}
