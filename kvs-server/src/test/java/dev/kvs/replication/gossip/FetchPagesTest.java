package dev.kvs.replication.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.replication.gossip.FetchMessage.Part;
import dev.kvs.storage.Arrivals;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreFixture;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page is bounded, and all pages of all parts together leave nothing out and repeat nothing. */
class FetchPagesTest {
    private static final long SEED = 20_261_122;
    private static final int LARGE = 300_000;
    private static final long NOON = 1_790_000_000_000L;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Origin here = new Origin(new StoreId(new UUID(1, 1)), new NodeId("one"), 1);
    private final Origin there = new Origin(new StoreId(new UUID(2, 2)), new NodeId("two"), 2);
    private StoreFixture storage;
    private Store store;
    private FetchPages pages;
    private int written;

    @BeforeEach
    void open() throws IOException {
        storage = StoreFixture.in(folder);
        store = storage.store();
        pages = new FetchPages(store);
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    private Version version(Origin origin, Key key, long hlc, int length) {
        byte[] random = new byte[length * 3 / 4];
        this.random.nextBytes(random);
        byte[] json = ('"' + Base64.getEncoder().encodeToString(random) + '"').getBytes(StandardCharsets.UTF_8);
        written++;
        return new Version.Draft(
                        key,
                        Uuids.version7(Hlc.millis(hlc), this.random.nextLong(), this.random.nextLong()),
                        hlc,
                        origin,
                        written,
                        VersionVector.of(List.of(new Dot(origin.store(), written))),
                        Version.NEVER,
                        Kind.LIVE,
                        Acl.UNOWNED)
                .seal(json);
    }

    private Version store(Version version, @Nullable Version rival) {
        List<Conflict> conflicts =
                rival == null ? List.of() : List.of(Conflict.between(new UUID(written, 0), rival, version, NOON));
        receive(new Arrivals(List.of(new Arrivals.Arrival(version, rival)), VersionVector.EMPTY, conflicts, List.of()));
        return version;
    }

    private void receive(Arrivals arrivals) {
        store.awaitRoom();
        store.receive(arrivals).await();
    }

    private List<Version> all(Part part) {
        List<Version> all = new ArrayList<>();
        byte[] from = {};
        int count = 0;
        do {
            FetchPages.Page page = pages.read(part, from);
            long bytes = page.versions().stream().mapToLong(Version::footprint).sum();
            assertThat(page.versions()).hasSizeLessThanOrEqualTo(FetchPages.LIMIT.versions());
            if (page.versions().size() > 1) {
                assertThat(bytes).isLessThanOrEqualTo(FetchPages.LIMIT.bytes());
            }
            all.addAll(page.versions());
            from = page.next();
            count++;
        } while (from.length > 0);
        assertThat(count).as("pages of %s", part).isGreaterThan(1);
        return all;
    }

    @Test
    void largeVersionsComeInManyPages() {
        List<Version> ofSystem = new ArrayList<>();
        List<Version> documents = new ArrayList<>();
        List<Version> losers = new ArrayList<>();
        List<Version> heldBack = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            // A third of all share one time.
            long hlc = Hlc.ofMillis(NOON - (i % 3 == 0 ? 0 : random.nextInt(1_000)));
            Key key = Key.of("k/" + i);
            documents.add(store(version(here, key, hlc, LARGE), null));
            ofSystem.add(store(version(here, Key.ofSystem("users/" + i), hlc, LARGE), null));
            if (i % 2 == 0) {
                Version winner = documents.getLast();
                losers.add(winner);
                losers.add(store(version(there, key, Hlc.ofMillis(NOON - 5_000), LARGE), winner));
            }
            heldBack.add(version(there, key, Hlc.ofMillis(2 * NOON), LARGE));
        }
        // Larger than a page.
        documents.add(store(version(here, Key.of("huge"), Hlc.ofMillis(NOON - 500), 3 << 20), null));
        heldBack.forEach(version -> receive(new Arrivals(List.of(), VersionVector.EMPTY, List.of(), List.of(version))));

        assertThat(all(Part.HELD_BACK)).containsExactlyInAnyOrderElementsOf(heldBack);
        assertThat(all(Part.SYSTEM)).containsExactlyElementsOf(byKey(ofSystem));
        assertThat(all(Part.LOSERS)).containsExactlyInAnyOrderElementsOf(losers);
        List<Version> winners = new ArrayList<>(documents);
        winners.addAll(ofSystem);
        List<Version> newest = all(Part.NEWEST);
        assertThat(newest).containsExactlyInAnyOrderElementsOf(winners);
        assertThat(newest)
                .isSortedAccordingTo(Comparator.comparingLong(Version::hlc).reversed());
    }

    private static List<Version> byKey(List<Version> versions) {
        return versions.stream().sorted(Comparator.comparing(Version::key)).toList();
    }

    @Test
    void smallVersionsAreCounted() {
        int count = 2 * FetchPages.LIMIT.versions() + 10;
        List<Version> ofSystem = new ArrayList<>();
        List<Version> heldBack = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // More than a page of one time, and more than one page has room for.
            ofSystem.add(version(here, Key.ofSystem("users/" + i), Hlc.ofMillis(NOON), 4));
            heldBack.add(version(there, Key.of("k/" + i % 7), Hlc.ofMillis(2 * NOON), 4));
        }
        List<Arrivals.Arrival> arrivals = ofSystem.stream()
                .map(version -> new Arrivals.Arrival(version, null))
                .toList();
        receive(new Arrivals(arrivals, VersionVector.EMPTY, List.of(), heldBack));

        assertThat(all(Part.HELD_BACK)).containsExactlyInAnyOrderElementsOf(heldBack);
        assertThat(all(Part.SYSTEM)).containsExactlyElementsOf(byKey(ofSystem));
        assertThat(all(Part.NEWEST)).containsExactlyInAnyOrderElementsOf(ofSystem);
    }

    @Test
    void anEmptyStoreHasOneEmptyPageOfEach() {
        for (Part part : Part.values()) {
            FetchPages.Page page = pages.read(part, new byte[0]);
            assertThat(page.versions()).isEmpty();
            assertThat(page.next()).isEmpty();
        }
    }

    @Test
    void aPlaceThatNobodyHasNamedIsRefusedOrRead() {
        store(version(here, Key.of("k"), Hlc.ofMillis(NOON), 10), null);
        store.checkpoint();
        for (int round = 0; round < 2_000; round++) {
            byte[] from = new byte[1 + random.nextInt(60)];
            random.nextBytes(from);
            Part part = Part.values()[random.nextInt(Part.values().length)];
            try {
                assertThat(pages.read(part, from).versions()).hasSizeLessThanOrEqualTo(1);
            } catch (KvsException refusal) {
                assertThat(refusal.code()).as("seed %d, round %d", SEED, round).isEqualTo(ErrorCode.INVALID_REQUEST);
            }
        }
    }
}
