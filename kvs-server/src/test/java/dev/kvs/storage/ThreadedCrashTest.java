package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.CrashModel;
import dev.kvs.platform.SimDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The store with its threads, losing power at a random operation while several writers are at it and checkpoints go on.
 * Which operation that is depends on the threads; what must hold does not.
 */
@ExtendWith(SilentStorage.class)
@Timeout(300)
class ThreadedCrashTest {
    private static final int ROUNDS = 12 * Integer.getInteger("kvs.crash.rounds", 1);
    private static final int WRITERS = 8;
    private static final int KEYS_PER_WRITER = 5;
    private static final int KEYS = WRITERS * KEYS_PER_WRITER;

    /** Enough for several checkpoints of a memtable of 64 KiB. */
    private static final int OPERATIONS_MAX = 400;

    private final AtomicLongArray sent = new AtomicLongArray(KEYS);
    private final AtomicLongArray acknowledged = new AtomicLongArray(KEYS);

    @Test
    void everythingAcknowledgedIsThereAfterAPowerCut() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        SimDisk disk = new SimDisk(seed);
        long checkpoints = 0;
        for (int round = 0; round < ROUNDS; round++) {
            disk.crashAfter(20 + random.nextLong(OPERATIONS_MAX));
            checkpoints += liveUntilThePowerGoes(disk);
            CrashModel model = CrashModel.values()[round % CrashModel.values().length];
            disk.restart(model);
            verify(disk, "seed %d, round %d, %s".formatted(seed, round, model));
        }
        assertThat(sum(acknowledged)).as("acknowledged writes, seed %d", seed).isGreaterThan(ROUNDS * 10L);
        assertThat(checkpoints).as("rounds with a checkpoint, seed %d", seed).isPositive();
    }

    /** Returns 1 when at least one checkpoint was finished. */
    private long liveUntilThePowerGoes(SimDisk disk) throws Exception {
        StoreFixture fixture;
        try {
            fixture = StoreFixture.on(disk, StoreFixture.settings(1 << 16, 60_000));
        } catch (IOException cut) {
            assertThat(disk.isPowered()).as("%s", cut).isFalse();
            return 0;
        }
        long before = fixture.store().stats().applied();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int first = i * KEYS_PER_WRITER;
                all.add(writers.submit(() -> writeUntilRefused(fixture.store(), first)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(disk.isPowered()).as("only the power cut ends the writing").isFalse();
        long after = fixture.store().stats().applied();
        closeWithoutPower(fixture, disk);
        return after > before ? 1 : 0;
    }

    private void writeUntilRefused(Store store, int firstKey) {
        try {
            for (int i = 0; ; i++) {
                int key = firstKey + i % KEYS_PER_WRITER;
                long number = sent.get(key) + 1;
                sent.set(key, number);
                store.awaitRoom();
                Proposal proposal = Proposal.live(
                        key(key),
                        new UUID(number, key),
                        VersionVector.EMPTY,
                        Version.NEVER,
                        Acl.UNOWNED,
                        new byte[600]);
                store.write(List.of(proposal.replacing(store.newest(key(key)))), List.of())
                        .await();
                acknowledged.set(key, number);
            }
        } catch (KvsException expected) {
            assertThat(store.failure().reason()).as("%s", expected).isNotNull();
        }
    }

    /** It may complain, but it must come back. */
    private static void closeWithoutPower(StoreFixture fixture, SimDisk disk) {
        try {
            fixture.close();
        } catch (IOException expected) {
            assertThat(disk.isPowered()).as("%s", expected).isFalse();
        }
    }

    private void verify(SimDisk disk, String when) throws IOException {
        try (StoreFixture fixture = StoreFixture.on(disk, StoreFixture.settings(1 << 16, 60_000))) {
            for (int i = 0; i < KEYS; i++) {
                Version winner = fixture.store().winner(key(i));
                long found = winner == null ? 0 : winner.uuid().getMostSignificantBits();
                assertThat(found).as("%s, key %d", when, i).isBetween(acknowledged.get(i), sent.get(i));
                // What a restart has shown counts from then on.
                acknowledged.set(i, found);
                sent.set(i, Math.max(found, sent.get(i)));
            }
        }
    }

    private static long sum(AtomicLongArray numbers) {
        long sum = 0;
        for (int i = 0; i < numbers.length(); i++) {
            sum += numbers.get(i);
        }
        return sum;
    }

    private static Key key(int number) {
        return Key.of("k/" + number);
    }
}
