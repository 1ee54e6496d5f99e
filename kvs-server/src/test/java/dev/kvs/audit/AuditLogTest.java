package dev.kvs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.StoreId;
import dev.kvs.platform.CrashModel;
import dev.kvs.platform.SimDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is appended is found again: after a restart, after a crash, page by page, and when old segments had to go. */
class AuditLogTest {
    private final SimDisk disk = new SimDisk(1);

    private static List<AuditPage.Found> all(AuditLog log, AuditQuery query) throws IOException {
        List<AuditPage.Found> found = new ArrayList<>();
        AuditQuery next = query;
        for (int pages = 0; pages < 10_000; pages++) {
            AuditPage page = new AuditReader(log).search(next);
            assertThat(page.entries().size()).isLessThanOrEqualTo(query.limit());
            found.addAll(page.entries());
            if (page.next() == null) {
                return found;
            }
            next = new AuditQuery(
                    query.since(), query.actor(), query.keyPrefix(), query.kind(), query.limit(), page.next());
        }
        throw new AssertionError("the pages have no end");
    }

    private static AuditQuery query(@Nullable String actor, @Nullable String key, @Nullable EventKind kind, int limit) {
        return new AuditQuery(0, actor, key, kind, limit, null);
    }

    @Test
    void everyEntryIsReadAsItWasWritten() throws BrokenException {
        for (int seed = 0; seed < 5_000; seed++) {
            AuditEntry entry = ChainFixture.entry(new SplittableRandom(seed));
            assertThat(EntryReader.one(entry.encode())).as("seed %d", seed).isEqualTo(entry);
        }
    }

    @Test
    void whatIsTooLongIsCutBetweenCharacters() throws BrokenException {
        AuditEntry entry = EntryReader.one(AuditEntry.event(EventKind.REFUSED, 1, "ä".repeat(200), "€".repeat(2_000))
                .encode());
        assertThat(entry.actor()).isEqualTo("ä".repeat(127));
        assertThat(entry.detail()).isEqualTo("€".repeat(341));
    }

    @Test
    void aSearchGivesEveryEntryOnceNewestFirst() throws IOException {
        try (AuditLog log = ChainFixture.filled(disk, 1, 100)) {
            List<AuditPage.Found> whole = all(log, query(null, null, null, 1_000));
            assertThat(whole).hasSize((int) log.entriesWritten());
            assertThat(whole.getFirst().block()).isEqualTo(100);
            for (int limit : new int[] {1, 7, 64}) {
                assertThat(all(log, query(null, null, null, limit))).isEqualTo(whole);
            }
            assertThat(all(log, query("actor-1", "k/3", EventKind.PUT, 5)))
                    .isNotEmpty()
                    .isEqualTo(whole.stream()
                            .filter(found -> found.entry().actor().equals("actor-1")
                                    && found.entry().key().startsWith("k/3")
                                    && found.entry().kind() == EventKind.PUT)
                            .toList());
        }
    }

    @Test
    void oneRequestReadsABoundedPart() throws IOException {
        try (AuditLog log = ChainFixture.filled(disk, 1, 300)) {
            AuditPage page = new AuditReader(log).search(query("nobody", null, null, 10));
            assertThat(page.entries()).isEmpty();
            assertThat(page.next()).isNotNull();
            assertThat(all(log, query("nobody", null, null, 10))).isEmpty();
        }
    }

    @Test
    void whatWasNotSyncedIsToldAgainAndGivesTheSameChain() throws IOException {
        ChainFixture feed = new ChainFixture(7);
        AuditLog log = ChainFixture.open(disk, 1 << 20);
        for (int i = 0; i < 40; i++) {
            feed.frame(log);
        }
        log.sync();
        long synced = log.reached();
        for (int i = 0; i < 20; i++) {
            feed.frame(log);
        }
        Head head = log.head();
        disk.cutPower();
        disk.restart(CrashModel.LOSE_ALL);
        AuditLog reopened = ChainFixture.open(disk, 1 << 20);
        assertThat(reopened.reached()).isEqualTo(synced);
        assertThat(reopened.finding()).isNull();
        assertThat(new AuditReader(reopened).verify().isGood()).isTrue();
        ChainFixture again = new ChainFixture(7);
        try (AuditLog nobodyLooks = ChainFixture.open(new SimDisk(2), 1 << 20)) {
            for (int i = 0; i < 60; i++) {
                again.frame(i < 40 ? nobodyLooks : reopened);
            }
        }
        assertThat(reopened.head()).isEqualTo(head);
    }

    @Test
    void theOldestSegmentsGoAndLeaveASignedAnchor() throws IOException {
        AuditLog log = ChainFixture.open(disk, 10_000);
        ChainFixture feed = new ChainFixture(3);
        Head early = null;
        for (int i = 0; i < 400; i++) {
            feed.frame(log);
            early = i == 5 ? log.head() : early;
            if (i % 10 == 0) {
                log.sync();
                assertThat(log.bytes()).isLessThan(10_000 + 20_000);
                assertThat(new AuditReader(log).verify().isGood())
                        .as("after %d", i)
                        .isTrue();
            }
        }
        log.sync();
        assertThat(log.bytes()).isLessThanOrEqualTo(12_500);
        assertThat(early).isNotNull();
        assertThat(new AuditReader(log).find(early.store(), early.block()).status())
                .isEqualTo(AuditReader.Lookup.Status.DROPPED);
        log.close();
        try (AuditLog reopened = ChainFixture.open(disk, 10_000)) {
            assertThat(reopened.finding()).isNull();
            assertThat(new AuditReader(reopened).verify().isGood()).isTrue();
        }
    }

    @Test
    void aRenamedStoreBeginsAChainThatNamesTheEndOfTheOldOne() throws IOException {
        ChainFixture feed = new ChainFixture(4);
        AuditLog log = ChainFixture.open(disk, 1 << 20);
        for (int i = 0; i < 10; i++) {
            feed.frame(log);
        }
        Head old = log.head();
        StoreId next = new StoreId(new UUID(0x7000, 2));
        log.renamed(feed.seq() + 1, next);
        log.ended(feed.seq() + 1);
        assertThat(log.head().store()).isEqualTo(next);
        assertThat(log.head().block()).isEqualTo(1);
        AuditEntry first = new AuditReader(log)
                .search(query(null, null, null, 1))
                .entries()
                .getFirst()
                .entry();
        assertThat(first.kind()).isEqualTo(EventKind.STORE);
        assertThat(first.uuid()).isEqualTo(old.store().value());
        assertThat(first.digest()).isEqualTo(old.hash());
        assertThat(new AuditReader(log).verify().isGood()).isTrue();
        assertThat(new AuditReader(log).find(old.store(), old.block()).hash()).isEqualTo(old.hash());
        log.sync();
        log.close();
        try (AuditLog reopened = ChainFixture.open(disk, 1 << 20)) {
            assertThat(reopened.head()).isEqualTo(log.head());
            assertThat(new AuditReader(reopened).verify().isGood()).isTrue();
        }
    }

    @Test
    void witnessedHeadsAreRemembered() throws IOException {
        Head heard = new Head(new StoreId(new UUID(1, 2)), 17, new Hash(1, 2, 3, 4));
        AuditLog log = ChainFixture.open(disk, 1 << 20);
        log.noted(1, new Witness(heard, "node-2", 1_000).entry().encode());
        log.ended(1);
        log.sync();
        log.close();
        try (AuditLog reopened = ChainFixture.open(disk, 1 << 20)) {
            Witness witness = reopened.witness(heard.store());
            assertThat(witness).isNotNull();
            assertThat(witness.head()).isEqualTo(heard);
            assertThat(witness.node()).isEqualTo("node-2");
        }
    }

    @Test
    void identicalRefusalsOfAMinuteBecomeTwoEntriesAndFloodsABoundedNumber() {
        Refusals refusals = new Refusals();
        List<AuditEntry> entries = new ArrayList<>();
        Refusals.What what = new Refusals.What(EventKind.REFUSED, "10.0.0.1", "", "401 unauthorized");
        for (int i = 0; i < 1_000; i++) {
            entries.addAll(refusals.add(what, 60_000 + i));
        }
        assertThat(entries).hasSize(1);
        entries.addAll(refusals.flush(119_999));
        assertThat(entries).hasSize(1);
        entries.addAll(refusals.flush(120_000));
        assertThat(entries).hasSize(2);
        assertThat(entries.getLast().detail()).contains("999 times more");
        entries.clear();
        for (int i = 0; i < 100_000; i++) {
            entries.addAll(refusals.add(new Refusals.What(EventKind.REFUSED, "address-" + i, "", "401"), 180_000));
        }
        entries.addAll(refusals.flush(240_000));
        assertThat(entries).hasSize(Refusals.MAX + 1);
        assertThat(entries.getLast().detail()).contains("others: " + (100_000 - Refusals.MAX));
    }
}
