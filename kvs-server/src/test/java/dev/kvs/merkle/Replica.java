package dev.kvs.merkle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The winners of one node, in maps, with the tree over them. Several keys may be given one hash. */
final class Replica implements LeafEntries {
    final MerkleTree tree = new MerkleTree();
    final Map<String, Winner> winners = new HashMap<>();
    private final Map<Integer, TreeMap<KeyHash, Map<String, Winner>>> leaves = new HashMap<>();

    record Winner(KeyHash hash, long digest, long hlc) {}

    void put(String key, long digest, long hlc) {
        put(key, KeyHash.of(key.getBytes(StandardCharsets.UTF_8)), digest, hlc);
    }

    void put(String key, KeyHash hash, long digest, long hlc) {
        Winner now = new Winner(hash, digest, hlc);
        Winner before = winners.put(key, now);
        tree.replace(hash.leaf(), before == null ? 0 : before.digest, digest);
        leaf(hash.leaf()).computeIfAbsent(hash, _ -> new HashMap<>(2)).put(key, now);
    }

    void remove(String key) {
        Winner before = Objects.requireNonNull(winners.remove(key));
        tree.replace(before.hash.leaf(), before.digest, 0);
        Map<String, Winner> same = leaf(before.hash.leaf()).get(before.hash);
        same.remove(key);
        if (same.isEmpty()) {
            leaf(before.hash.leaf()).remove(before.hash);
        }
    }

    private TreeMap<KeyHash, Map<String, Winner>> leaf(int leaf) {
        return leaves.computeIfAbsent(leaf, _ -> new TreeMap<>());
    }

    @Override
    public List<LeafEntry> page(int leaf, long fromKeyHash, int limit) {
        List<LeafEntry> page = new ArrayList<>();
        for (Map<String, Winner> same :
                leaf(leaf).tailMap(new KeyHash(leaf, fromKeyHash)).values()) {
            for (Winner winner : same.values()) {
                if (page.size() == limit) {
                    return page;
                }
                page.add(new LeafEntry(winner.hash.rest(), winner.digest, winner.hlc));
            }
        }
        return page;
    }

    /** What differs between two nodes by the plainest of means: every key hash, with all that is stored under it. */
    static Split split(Replica here, Replica there) {
        Split split = new Split(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        Map<KeyHash, Map<String, Winner>> left = here.byHash();
        Map<KeyHash, Map<String, Winner>> right = there.byHash();
        Set<KeyHash> all = new TreeSet<>(left.keySet());
        all.addAll(right.keySet());
        for (KeyHash hash : all) {
            if (!right.containsKey(hash)) {
                split.onlyHere.add(hash);
            } else if (!left.containsKey(hash)) {
                split.onlyThere.add(hash);
            } else if (!left.get(hash).equals(right.get(hash))) {
                split.rivals.add(hash);
            }
        }
        return split;
    }

    private Map<KeyHash, Map<String, Winner>> byHash() {
        Map<KeyHash, Map<String, Winner>> byHash = new TreeMap<>();
        winners.forEach((key, winner) ->
                byHash.computeIfAbsent(winner.hash, _ -> new HashMap<>(2)).put(key, winner));
        return byHash;
    }

    /** The three kinds of difference. */
    record Split(Set<KeyHash> onlyHere, Set<KeyHash> onlyThere, Set<KeyHash> rivals) {
        static Split of(Differences found) {
            Set<KeyHash> rivals = new TreeSet<>();
            found.rivals().forEach(pair -> rivals.add(pair.key()));
            Split split = new Split(new TreeSet<>(found.onlyHere()), new TreeSet<>(found.onlyThere()), rivals);
            if (split.size() != found.size()) {
                throw new AssertionError("a difference was reported twice: " + found);
            }
            return split;
        }

        int size() {
            return onlyHere.size() + onlyThere.size() + rivals.size();
        }
    }
}
