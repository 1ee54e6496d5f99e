package dev.kvs.replication.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.audit.AuditEntry;
import dev.kvs.audit.AuditQuery;
import dev.kvs.audit.AuditReader;
import dev.kvs.audit.AuditSettings;
import dev.kvs.audit.EventKind;
import dev.kvs.audit.Head;
import dev.kvs.crash.CrashHarness;
import dev.kvs.crash.CrashSubject;
import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimScheduler;
import dev.kvs.platform.SimTime;
import dev.kvs.storage.Proposal;
import dev.kvs.storage.SilentStorage;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreFixture;
import dev.kvs.storage.StoreOpening;
import dev.kvs.storage.WinnerDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A store with an audit log, stopped at every write: afterwards the chain verifies, holds every acknowledged write and event
 * exactly once and nothing that the store does not hold, and ends in the same hash as if nothing had happened.
 */
@ExtendWith(SilentStorage.class)
class AuditCrashTest {
    private static final int STEPS = 9;
    private static final int EVENT = 2;
    private static final int RENAMING = 4;
    private static final int CHECKPOINT = 6;

    @Test
    void theChainHoldsWhatWasAcknowledgedWhereverTheNodeIsStopped() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed).cutEverywhere().operations()).isGreaterThan(10 * STEPS);
        }
    }

    @Test
    void afterAFailedSyncItIsWhole() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed).failEverySync().recoveries()).isGreaterThan(STEPS);
        }
    }

    @Test
    void afterAFullDiskItIsWhole() {
        for (int seed = 0; seed < CrashHarness.rounds(); seed++) {
            assertThat(harness(seed).fillDisk().recoveries()).isGreaterThan(STEPS);
        }
    }

    private static CrashHarness<Audited> harness(long seed) {
        return new CrashHarness<>(new Subject(), STEPS, seed).takingTurns();
    }

    private record Audited(Store store, StoreTrail trail) {}

    private static final class Subject implements CrashSubject<Audited> {
        /** Where the chain ends after so many steps: the same in every life. */
        private final Map<Integer, Head> heads = new HashMap<>();

        @Override
        public Audited open(SimDisk disk) throws IOException {
            StoreTrail trail = new StoreTrail(disk, new AuditSettings(1 << 20, 2_000, List.of(new byte[] {1})));
            Store store = StoreOpening.openUnthreaded(
                    disk,
                    StoreFixture.settings(),
                    new NodeId("node-1"),
                    new SimTime(new SimScheduler()),
                    new SimRandomness(1),
                    WinnerDigest.NONE,
                    trail);
            return new Audited(store, trail);
        }

        @Override
        public void step(Audited audited, int number) {
            Store store = audited.store();
            if (number % 5 == EVENT) {
                store.note(event(number).encode()).await();
            } else if (number == RENAMING) {
                store.rename(store.id(), new StoreId(new UUID(0x7000, number)));
            } else {
                List<Proposal> puts = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    byte[] json = ("\"" + "x".repeat(number * 20) + "\"").getBytes(StandardCharsets.UTF_8);
                    Key key = Key.of("k/" + number + "/" + i);
                    puts.add(Proposal.live(
                            key, new UUID(number, i), VersionVector.EMPTY, Version.NEVER, Acl.UNOWNED, json));
                }
                store.write("actor-" + number, puts, List.of()).await();
            }
            if (number % CHECKPOINT == 0) {
                store.checkpoint();
            }
            // The writer is answered before the chain is written; that the power went then shows in the next step.
            if (store.failure().reason() != null) {
                throw new IllegalStateException(store.failure().reason());
            }
        }

        private static AuditEntry event(int number) {
            return AuditEntry.event(
                    EventKind.LOGIN, SimTime.EPOCH_MILLIS + number, "actor-" + number, "event " + number);
        }

        @Override
        public int stepsFound(Audited audited) throws IOException {
            assertThat(audited.trail().log().finding()).isNull();
            AuditReader reader = new AuditReader(audited.trail().log());
            assertThat(reader.verify().broken()).isNull();
            List<AuditEntry> entries = new ArrayList<>();
            reader.search(new AuditQuery(0, null, null, null, 1_000, null))
                    .entries()
                    .forEach(found -> entries.add(found.entry()));
            Collections.reverse(entries);
            int found = entries.isEmpty() ? 0 : numberOf(entries.getLast());
            List<String> expected = new ArrayList<>();
            for (int step = 1; step <= found; step++) {
                expected.addAll(told(step));
            }
            assertThat(entries.stream().map(Subject::told).toList()).isEqualTo(expected);
            checkStore(audited.store(), found);
            if (found < RENAMING) {
                // A renaming copies what was written since the opening: from there on the logs of two lives differ.
                Head head = audited.trail().log().head();
                assertThat(head).as("after %d steps", found).isEqualTo(heads.computeIfAbsent(found, _ -> head));
            }
            return found;
        }

        private static void checkStore(Store store, int found) {
            for (int step = 1; step <= found + 1; step++) {
                boolean writes = step % 5 != EVENT && step != RENAMING;
                assertThat(store.winner(Key.of("k/" + step + "/2")) != null)
                        .as("step %d of %d", step, found)
                        .isEqualTo(writes && step <= found);
            }
            assertThat(store.id().value().getMostSignificantBits() == 0x7000).isEqualTo(found >= RENAMING);
        }

        private static int numberOf(AuditEntry entry) {
            return entry.kind() == EventKind.STORE
                    ? RENAMING
                    : Integer.parseInt(entry.actor().substring(6));
        }

        private static List<String> told(int step) {
            if (step % 5 == EVENT) {
                return List.of(told(event(step)));
            }
            return step == RENAMING
                    ? List.of("STORE")
                    : List.of(
                            "PUT actor-" + step + " k/" + step + "/0",
                            "PUT actor-" + step + " k/" + step + "/1",
                            "PUT actor-" + step + " k/" + step + "/2");
        }

        private static String told(AuditEntry entry) {
            return entry.kind() == EventKind.STORE
                    ? "STORE"
                    : entry.kind() + " " + entry.actor() + " " + entry.key() + entry.detail();
        }

        @Override
        public void close(Audited audited) throws IOException {
            audited.store().close();
        }
    }
}
