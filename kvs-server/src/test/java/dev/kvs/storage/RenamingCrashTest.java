package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.crash.CrashHarness;
import dev.kvs.crash.CrashSubject;
import dev.kvs.model.Acl;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimScheduler;
import dev.kvs.platform.SimTime;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.table.ReadLimit;
import dev.kvs.storage.table.TableSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A store that gets another name, stopped at every write: afterwards it goes by the old name or by the new one, and not by the
 * old one once the change was reported done; what was acknowledged before is there, and under the new name too.
 */
@ExtendWith(SilentStorage.class)
class RenamingCrashTest {
    private static final int STEPS = 8;
    private static final Set<Integer> RENAMINGS = Set.of(3, 7);
    private static final int CHECKPOINT = 5;
    private static final int KEYS = 2;

    /** Whole histories, so that nothing is missing because it was pruned. */
    private static final StoreSettings SETTINGS = new StoreSettings(
            1 << 20,
            1 << 16,
            1 << 20,
            5_000,
            60_000,
            1,
            new TableSettings(4_096, 2, 1_000, 10_000, new BodyCompression(false, 512, 3)));

    @Test
    void aStoreIsRenamedWhollyOrNotAtAllWhereverItIsStopped() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed).cutEverywhere().operations()).isGreaterThan(10 * STEPS);
        }
    }

    @Test
    void afterAFailedSyncItIsRenamedWhollyOrNotAtAll() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed).failEverySync().recoveries()).isGreaterThan(STEPS);
        }
    }

    private static CrashHarness<Store> harness(long seed) {
        return new CrashHarness<>(new Subject(), STEPS, seed).takingTurns();
    }

    private static final class Subject implements CrashSubject<Store> {
        @Override
        public Store open(SimDisk disk) throws IOException {
            return StoreOpening.openUnthreaded(
                    disk,
                    SETTINGS,
                    new NodeId("node-1"),
                    new SimTime(new SimScheduler()),
                    new SimRandomness(1),
                    WinnerDigest.NONE);
        }

        @Override
        public void step(Store store, int number) {
            if (RENAMINGS.contains(number)) {
                store.rename(store.id(), name(number));
            } else {
                Version before = store.newest(key(number));
                VersionVector seen = before == null ? VersionVector.EMPTY : before.vector();
                byte[] json = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
                Proposal put = Proposal.live(key(number), new UUID(number, 1), seen, Version.NEVER, Acl.UNOWNED, json);
                store.write(List.of(put.replacing(before)), List.of()).await();
            }
            if (number == CHECKPOINT) {
                store.checkpoint();
            }
        }

        @Override
        public int stepsFound(Store store) {
            int found = 0;
            for (int i = 0; i < KEYS; i++) {
                Version winner = store.winner(key(i));
                found = Math.max(found, winner == null ? 0 : (int) winner.uuid().getMostSignificantBits());
            }
            for (int renaming : RENAMINGS) {
                found = store.id().equals(name(renaming)) ? Math.max(found, renaming) : found;
            }
            check(store, found);
            return found;
        }

        private static void check(Store store, int found) {
            StoreId expected = null;
            for (int step = 1; step <= found; step++) {
                if (RENAMINGS.contains(step)) {
                    expected = name(step);
                } else {
                    UUID written = new UUID(step, 1);
                    assertThat(store.history(key(step)).versions())
                            .as("%s after %d steps", key(step), found)
                            .anyMatch(version -> version.uuid().equals(written));
                }
            }
            if (expected != null) {
                assertThat(store.id()).as("name after %d steps", found).isEqualTo(expected);
                assertThat(store.feed().met()).isNotEmpty();
            }
            for (Dot dot : store.feed().knowledge().dots()) {
                assertThat(store.feed()
                                .versionsOf(dot.store(), 0, dot.sequence(), ReadLimit.NONE)
                                .items())
                        .as("what is known of %s after %d steps", dot.store(), found)
                        .extracting(Version::sequence)
                        .contains(dot.sequence());
            }
        }

        @Override
        public void close(Store store) throws IOException {
            store.close();
        }

        private static StoreId name(int step) {
            return new StoreId(new UUID(0x7000, step));
        }

        private static Key key(int step) {
            return Key.of("k/" + step % KEYS);
        }
    }
}
