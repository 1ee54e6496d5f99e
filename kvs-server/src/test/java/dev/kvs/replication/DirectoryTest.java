package dev.kvs.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Key;
import dev.kvs.storage.StoreFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings against an oracle that looks at every key. */
class DirectoryTest {
    private static final long SEED = 9;

    @TempDir
    Path directory;

    private LoneEngine engine;
    private LocalCoordinator coordinator;
    private LocalReader reader;
    private final Set<String> live = new TreeSet<>();

    @BeforeEach
    void open() throws IOException {
        engine = LoneEngine.over(StoreFixture.in(directory));
        coordinator = engine.coordinator();
        reader = engine.reader();
        fill();
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    private void fill() {
        Random random = new Random(SEED);
        String[] names = {"a", "a-b", "a.b", "ab", "b", "ä", "z"};
        List<Coordinator.Operation> operations = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            StringBuilder key = new StringBuilder(names[random.nextInt(names.length)]);
            for (int depth = random.nextInt(4); depth > 0; depth--) {
                key.append('/').append(names[random.nextInt(names.length)]);
            }
            Key path = Key.of(key.toString());
            if (random.nextInt(5) == 0) {
                live.remove(key.toString());
                operations.add(new Coordinator.Operation.Delete(path, List.of()));
            } else {
                live.add(key.toString());
                operations.add(new Coordinator.Operation.Put(
                        path, "1".getBytes(StandardCharsets.UTF_8), new Expiry.Default(), List.of()));
            }
        }
        coordinator.batch(operations.subList(0, 300), WriteOptions.NONE);
        engine.storage().store().checkpoint();
        coordinator.batch(operations.subList(300, 600), WriteOptions.NONE);
    }

    @Test
    void childrenAreWhatAnOracleFindsWhateverThePageSize() {
        for (String prefix : List.of("", "a", "a/b", "ä", "nothing")) {
            Set<String> expected = new TreeSet<>();
            String base = prefix.isEmpty() ? "" : prefix + "/";
            for (String key : live) {
                if (key.startsWith(base)) {
                    expected.add(key.substring(base.length()).split("/")[0]);
                }
            }
            for (int limit : new int[] {1, 2, 3, 1000}) {
                assertThat(allChildren(prefix, limit))
                        .as("seed %d, %s by %d", SEED, prefix, limit)
                        .isEqualTo(expected);
            }
            Reader.Children page = reader.children(key(prefix), null, 1);
            assertThat(page.total()).isEqualTo(expected.size());
        }
    }

    /** A listing skips from child to child, and reads on where a directory is small. */
    @Test
    void directoriesOfAnySizeStandBesideEachOther() {
        List<Coordinator.Operation> operations = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int size = 1; size <= 40; size++) {
            String name = "d%02d".formatted(size);
            expected.add(name);
            for (int i = 0; i < size; i++) {
                operations.add(new Coordinator.Operation.Put(
                        Key.of("sizes/" + name + "/" + i),
                        "1".getBytes(StandardCharsets.UTF_8),
                        new Expiry.Default(),
                        List.of()));
            }
        }
        coordinator.batch(operations, WriteOptions.NONE);
        for (int limit : new int[] {1, 39, 40, 41}) {
            Reader.Children page = reader.children(Key.of("sizes"), null, limit);
            assertThat(page.entries().stream().map(Reader.Child::name))
                    .containsExactlyElementsOf(expected.subList(0, Math.min(limit, expected.size())));
            assertThat(page.total()).as("by %d", limit).isEqualTo(expected.size());
            assertThat(page.next()).isEqualTo(limit < expected.size() ? expected.get(limit - 1) + "/" : null);
        }
    }

    private Set<String> allChildren(String prefix, int limit) {
        Set<String> names = new TreeSet<>();
        String after = null;
        do {
            Reader.Children page = reader.children(key(prefix), after, limit);
            for (Reader.Child child : page.entries()) {
                String path = prefix.isEmpty() ? child.name() : prefix + "/" + child.name();
                assertThat(names.add(child.name())).as("%s once", path).isTrue();
                assertThat(child.version() != null).as("%s is a key", path).isEqualTo(live.contains(path));
                assertThat(child.directory())
                        .as("%s is a directory", path)
                        .isEqualTo(live.stream().anyMatch(key -> key.startsWith(path + "/")));
            }
            after = page.next();
        } while (after != null);
        return names;
    }

    @Test
    void aWholeTreeHoldsEveryKey() {
        Reader.Tree tree = reader.tree(null, 10, 5_000);
        Set<String> found = new TreeSet<>();
        collect("", tree.roots(), found);
        assertThat(found).isEqualTo(live);
        assertThat(tree.truncated()).isFalse();
        assertThat(reader.tree(null, 1, 5_000).truncated()).isTrue();
        assertThat(reader.tree(null, 10, 3).truncated()).isTrue();
    }

    private static void collect(String base, List<Reader.TreeNode> nodes, Set<String> found) {
        for (Reader.TreeNode node : nodes) {
            if (node.version() != null) {
                found.add(base + node.name());
            }
            collect(base + node.name() + "/", node.children(), found);
        }
    }

    @Test
    void aRangeIsPagedInBothDirections() {
        for (boolean reverse : new boolean[] {false, true}) {
            List<String> found = new ArrayList<>();
            Key after = null;
            do {
                Reader.Page page = reader.range(new Reader.RangeQuery(Key.of("a"), Key.of("b/b"), after, 7, reverse));
                page.versions().forEach(version -> found.add(version.key().toString()));
                after = page.next();
            } while (after != null);
            List<String> expected = new ArrayList<>(live.stream()
                    .filter(key -> Key.of(key).compareTo(Key.of("a")) >= 0
                            && Key.of(key).compareTo(Key.of("b/b")) < 0)
                    .sorted((x, y) -> Key.of(x).compareTo(Key.of(y)))
                    .toList());
            assertThat(found).isEqualTo(reverse ? expected.reversed() : expected);
        }
    }

    private static Key key(String prefix) {
        return prefix.isEmpty() ? null : Key.of(prefix);
    }
}
