package dev.kvs.storage.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.Key;
import dev.kvs.storage.format.DamagedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TreesTest {
    private MVStore store;
    private Trees trees;

    @BeforeEach
    void open() throws DamagedException {
        store = new MVStore.Builder().open();
        trees = Trees.open(store, true);
    }

    @AfterEach
    void close() {
        store.closeImmediately();
    }

    @Test
    void aStoreThatLacksATreeIsDamaged() {
        store.removeMap("kvs.leaves");
        assertThatThrownBy(() -> Trees.open(store, false))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("kvs.leaves");
    }

    @Test
    void versionsOfOneTimestampAreFoundAndRemovedOneByOne() {
        VersionTree versions = trees.versions();
        assertThat(versions.add(7, 100, row(100))).isTrue();
        assertThat(versions.add(3, 100, row(100))).isTrue();
        assertThat(versions.add(5, 90, row(90))).isTrue();
        assertThat(versions.add(5, 90, row(90))).as("the place is taken").isFalse();
        assertThat(backFrom(100)).containsExactly("100 [3, 7]", "90 [5]");
        assertThat(backFrom(99)).containsExactly("90 [5]");
        versions.remove(7);
        assertThat(backFrom(100)).containsExactly("100 [3]", "90 [5]");
        versions.remove(3);
        versions.remove(3);
        assertThat(backFrom(100)).containsExactly("90 [5]");
    }

    @Test
    void aLeafHasItsKeysAndNoOthers() throws DamagedException {
        Map<Long, List<Key>> byLeaf = new HashMap<>();
        List<Key> shared = List.of();
        for (int i = 0; shared.size() < 2; i++) {
            Key key = Key.of("key-" + i);
            shared = byLeaf.computeIfAbsent(key.hash() >>> 48, _ -> new ArrayList<>());
            shared.add(key);
        }
        CurrentTree current = trees.current();
        for (List<Key> keys : byLeaf.values()) {
            current.index(keys.subList(0, 1));
        }
        Key first = shared.get(0);
        Key second = shared.get(1);
        int leaf = (int) (first.hash() >>> 48);
        assertThat(current.leaf(leaf)).containsExactly(first);
        current.index(List.of(second));
        assertThat(current.leaf(leaf)).containsExactly(first, second);
        current.remove(first);
        assertThat(current.leaf(leaf)).containsExactly(second);
        current.remove(second);
        assertThat(current.leaf(leaf)).isEmpty();
        byLeaf.remove((long) leaf);
        for (Map.Entry<Long, List<Key>> other : byLeaf.entrySet()) {
            assertThat(current.leaf(other.getKey().intValue())).isEqualTo(other.getValue());
        }
    }

    @Test
    void theAgendaIsInTheOrderOfTimeAndThenOfKeys() {
        Agenda agenda = trees.agenda();
        DueEntry[] entries = {
            new DueEntry(200, Key.of("a")), new DueEntry(200, Key.of("b")), new DueEntry(70_000_000_000L, Key.of("A"))
        };
        for (DueEntry entry : entries) {
            agenda.add(entry.atMillis(), entry.key());
            agenda.add(entry.atMillis(), entry.key());
        }
        assertThat(agenda.between(Long.MIN_VALUE, Long.MAX_VALUE, 10)).containsExactly(entries);
        assertThat(agenda.between(199, 200, 10)).containsExactly(entries[0], entries[1]);
        assertThat(agenda.between(0, Long.MAX_VALUE, 1)).containsExactly(entries[0]);
        assertThat(agenda.between(200, Long.MAX_VALUE, 10)).containsExactly(entries[2]);
        agenda.remove(entries[0]);
        assertThat(agenda.between(0, 200, 10)).containsExactly(entries[1]);
    }

    @Test
    void whatIsDeadIsSweptOnceHalfOfItsRegionIs() {
        long[] places = new long[DeadVersions.REGION];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
            trees.versions().add(i, i, row(i));
        }
        int half = places.length / 2;
        trees.dead().add(Arrays.copyOfRange(places, 0, half - 1));
        assertThat(trees.versions().contains(0)).isTrue();
        assertThat(trees.dead().new Pass().isDead(0)).isTrue();
        trees.dead().add(Arrays.copyOfRange(places, half - 1, half));
        assertThat(trees.versions().contains(0)).isFalse();
        assertThat(trees.versions().contains(half)).isTrue();
        trees.dead().add(new long[] {half});
        trees.dead().sweepAll();
        assertThat(trees.versions().contains(half)).isFalse();
        assertThat(trees.versions().contains(half + 1L)).isTrue();
    }

    private List<String> backFrom(long hlc) {
        List<String> found = new ArrayList<>();
        Cursor<Long, byte[]> cursor = trees.versions().backFrom(hlc);
        while (cursor.hasNext()) {
            found.add(cursor.next() + " " + Arrays.toString(VersionTree.places(cursor.getValue())));
        }
        return found;
    }

    private static byte[] row(long hlc) {
        return ByteBuffer.allocate(Long.BYTES).putLong(hlc).array();
    }
}
