package dev.kvs.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static final long SEED = 20_260_301;

    private record Update(int leaf, long before, long now) {}

    @Test
    void theLeafIsTheFirstSixteenBitsOfTheHashAndTheKeyHashTheNextSixtyFour() {
        // SHA-256("abc") from FIPS 180-2, appendix B.1
        byte[] digest = HexFormat.of().parseHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        byte[] key = "abc".getBytes(StandardCharsets.UTF_8);
        assertThat(MerkleTree.leafOf(key)).isEqualTo(0xba78);
        assertThat(KeyHash.of(key)).isEqualTo(new KeyHash(0xba78, 0x16bf8f01cfea4141L));
        assertThat(MerkleTree.prefixOf(digest)).isEqualTo(0xba7816bf8f01cfeaL);
        assertThat(MerkleTree.prefixOf(new byte[32])).isEqualTo(1);
    }

    @Test
    void keyHashesAreOrderedAsUnsignedNumbers() {
        assertThat(new KeyHash(1, -1)).isGreaterThan(new KeyHash(1, Long.MAX_VALUE));
        assertThat(new KeyHash(2, 0)).isGreaterThan(new KeyHash(1, -1));
        assertThatThrownBy(() -> new KeyHash(MerkleTree.LEAVES, 0)).hasMessageContaining("65536");
        assertThatThrownBy(() -> new KeyHash(-1, 0)).hasMessageContaining("-1");
    }

    @Test
    void everyInnerNodeIsTheSumOfItsChildren() {
        MerkleTree tree = new MerkleTree();
        randomUpdates(new Random(SEED), 5_000).forEach(update -> apply(tree, update));
        for (int level = 0; level < MerkleTree.LEVELS; level++) {
            for (int node = 0; node < MerkleTree.nodesOf(level); node++) {
                long sum = 0;
                for (int child = 0; child < MerkleTree.FANOUT; child++) {
                    sum += tree.node(level + 1, node * MerkleTree.FANOUT + child);
                }
                assertThat(tree.node(level, node))
                        .as("seed %d, level %d, node %d", SEED, level, node)
                        .isEqualTo(sum);
            }
        }
        assertThat(tree.root()).isNotZero();
    }

    @Test
    void theOrderOfUpdatesDoesNotMatter() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            List<Update> updates = new ArrayList<>(randomUpdates(random, 500));
            MerkleTree first = new MerkleTree();
            updates.forEach(update -> apply(first, update));
            MerkleTree second = new MerkleTree();
            Collections.shuffle(updates, random);
            updates.forEach(update -> second.replace(update.leaf, 0, update.before));
            Collections.shuffle(updates, random);
            updates.forEach(update -> second.replace(update.leaf, update.before, update.now));
            assertThat(leaves(second)).as("seed %d, round %d", SEED, round).isEqualTo(leaves(first));
            assertThat(second.root()).isEqualTo(first.root());
            assertThat(second.keys()).isEqualTo(first.keys());
        }
    }

    @Test
    void aTreeWhoseKeysAreAllGoneIsTheEmptyTree() {
        MerkleTree tree = new MerkleTree();
        tree.replace(7, 0, 40);
        tree.replace(7, 40, 41);
        assertThat(tree.keys()).isEqualTo(1);
        tree.replace(7, 41, 0);
        assertThat(tree.keys()).isZero();
        assertThat(leaves(tree)).isEqualTo(leaves(new MerkleTree()));
        assertThatThrownBy(() -> tree.replace(7, 41, 0)).hasMessageContaining("broken invariant");
        assertThatThrownBy(() -> tree.replace(MerkleTree.LEAVES, 0, 1)).hasMessageContaining("broken invariant");
    }

    @Test
    void pagesRestoreTheTreeAndOnlyChangedOnesAreTaken() {
        MerkleTree tree = new MerkleTree();
        Random random = new Random(SEED);
        Map<Integer, MerkleTree.Page> stored = new HashMap<>();
        for (int checkpoint = 0; checkpoint < 10; checkpoint++) {
            randomUpdates(random, 40).forEach(update -> apply(tree, update));
            List<MerkleTree.Page> changed = tree.takeChangedPages();
            assertThat(changed).hasSizeBetween(1, 40);
            changed.forEach(page -> stored.put(page.index(), page));
            assertThat(tree.takeChangedPages()).isEmpty();
        }
        MerkleTree restored = new MerkleTree();
        restored.restore(List.copyOf(stored.values()), tree.keys());
        assertThat(leaves(restored)).as("seed %d", SEED).isEqualTo(leaves(tree));
        assertThat(restored.root()).isEqualTo(tree.root());
        assertThat(restored.keys()).isEqualTo(tree.keys());
        assertThat(restored.takeChangedPages()).isEmpty();
        assertThatThrownBy(() -> restored.restore(List.of(), 0)).hasMessageContaining("empty tree");
    }

    @Test
    void onlyTheLastLeafOfAPageAndTheFirstOfTheNextArePartOfDifferentPages() {
        MerkleTree tree = new MerkleTree();
        tree.replace(255, 0, 1);
        assertThat(tree.takeChangedPages()).extracting(MerkleTree.Page::index).containsExactly(0);
        tree.replace(256, 0, 1);
        tree.replace(65_535, 0, 1);
        List<MerkleTree.Page> taken = tree.takeChangedPages();
        assertThat(taken).extracting(MerkleTree.Page::index).containsExactly(1, 255);
        tree.replace(0, 5, 5);
        assertThat(tree.takeChangedPages()).isEmpty();
        tree.markChanged(taken);
        assertThat(tree.takeChangedPages()).extracting(MerkleTree.Page::index).containsExactly(1, 255);
    }

    @Test
    void readersNeverSeeARootThatNoUpdateMade() throws InterruptedException {
        MerkleTree tree = new MerkleTree();
        AtomicBoolean stop = new AtomicBoolean();
        List<Long> strange = Collections.synchronizedList(new ArrayList<>());
        // Both halves of the number change with every update: a torn read would show halves that do not belong
        // together.
        long step = 0x0000_0001_0000_0001L;
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                long root = tree.root();
                if ((int) root != (int) (root >>> 32)) {
                    strange.add(root);
                }
            }
        });
        for (int i = 0; i < 200_000; i++) {
            tree.replace(i % MerkleTree.LEAVES, 0, step);
        }
        stop.set(true);
        reader.join();
        assertThat(strange).isEmpty();
        assertThat(tree.root()).isEqualTo(200_000 * step);
    }

    private static List<Update> randomUpdates(Random random, int count) {
        List<Update> updates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long before = random.nextInt(4) == 0 ? 0 : random.nextLong();
            long now = random.nextInt(4) == 0 ? 0 : random.nextLong();
            updates.add(new Update(random.nextInt(MerkleTree.LEAVES), before, now));
        }
        return updates;
    }

    private static void apply(MerkleTree tree, Update update) {
        tree.replace(update.leaf, 0, update.before);
        tree.replace(update.leaf, update.before, update.now);
    }

    private static List<Long> leaves(MerkleTree tree) {
        List<Long> leaves = new ArrayList<>(MerkleTree.LEAVES);
        for (int leaf = 0; leaf < MerkleTree.LEAVES; leaf++) {
            leaves.add(tree.node(MerkleTree.LEVELS, leaf));
        }
        return leaves;
    }
}
