package dev.kvs.audit;

import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.Versions;
import dev.kvs.platform.Disk;
import dev.kvs.platform.SimDisk;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** An audit log on a simulated disk, fed with frames of random writes and events; the same seed gives the same. */
final class ChainFixture {
    static final StoreId STORE = new StoreId(new UUID(0x7000, 1));
    static final byte[] KEY = {1, 2, 3};

    private final SplittableRandom random;
    private final Versions versions;
    private long seq;

    ChainFixture(long seed) {
        this.random = new SplittableRandom(seed);
        this.versions = new Versions(seed);
    }

    static AuditLog open(Disk disk, long maxBytes) throws IOException {
        return AuditLog.open(disk, new AuditSettings(maxBytes, 2_000, List.of(KEY)), STORE);
    }

    /** A log of {@code frames} frames, synced, on a disk of its own. */
    static AuditLog filled(SimDisk disk, long seed, int frames) throws IOException {
        AuditLog log = open(disk, 1 << 20);
        ChainFixture feed = new ChainFixture(seed);
        for (int i = 0; i < frames; i++) {
            feed.frame(log);
        }
        log.sync();
        return log;
    }

    /** Appends one frame of 1 to 4 records; returns how many. */
    int frame(AuditLog log) throws IOException {
        int records = 1 + random.nextInt(4);
        for (int i = 0; i < records; i++) {
            seq++;
            if (random.nextInt(3) == 0) {
                log.noted(seq, entry(random).encode());
            } else {
                Version version = versions.next(Key.of("k/" + random.nextInt(5)));
                log.written(seq, "actor-" + random.nextInt(3), version);
            }
        }
        log.ended(seq);
        return records;
    }

    long seq() {
        return seq;
    }

    static AuditEntry entry(SplittableRandom random) {
        EventKind[] kinds = EventKind.values();
        EventKind kind = kinds[random.nextInt(kinds.length)];
        return new AuditEntry(
                kind == EventKind.WITNESS ? EventKind.LOGIN : kind,
                random.nextLong(1L << 48),
                text(random, 20),
                text(random, 200),
                random.nextBoolean() ? new UUID(random.nextLong(), random.nextLong()) : null,
                random.nextBoolean()
                        ? new Hash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong())
                        : null,
                text(random, 300));
    }

    private static String text(SplittableRandom random, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most); left > 0; left--) {
            text.appendCodePoint(random.nextInt(8) == 0 ? 0x1F600 + random.nextInt(40) : 32 + random.nextInt(600));
        }
        return text.toString();
    }
}
