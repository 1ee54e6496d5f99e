package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.wire.MerkleLeaves;
import dev.kvs.wire.MerkleLeavesRequest;
import dev.kvs.wire.MerkleNodes;
import dev.kvs.wire.MerkleNodesRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what two nodes' Merkle trees differ in, from the root down: of each level only the children of nodes that differ are
 * asked for, so that the cost goes with the differences and not with the keys.
 */
final class TreeWalk {
    private static final int FANOUT = 16;

    /** Leaves looked into: more than a person reads. */
    private static final int LEAVES_MAX = 1_024;

    private static final String FIRST = "first";
    private static final String SECOND = "second";

    private final KvsClient one;
    private final KvsClient other;
    private boolean truncated;

    TreeWalk(KvsClient one, KvsClient other) {
        this.one = one;
        this.other = other;
    }

    /**
     * One key that differs.
     *
     * @param hash the first 80 bits of the SHA-256 of the key, 20 hexadecimal digits
     * @param what {@code only_first}, {@code only_second} or {@code differs}: which of the two servers has it
     * @param newer which has the newer version; null when that cannot be said
     */
    record Difference(String hash, String what, @Nullable String newer, int leaf) {}

    /** Whether more differs than was looked at. */
    boolean truncated() {
        return truncated;
    }

    /** What differs, in the order of the hashes. */
    List<Difference> differences() {
        List<Integer> places = List.of(0);
        for (int level = 1; level <= MerkleNodesRequest.LEVEL_MAX; level++) {
            List<Integer> children = places.stream()
                    .flatMap(place -> IntStream.range(FANOUT * place, FANOUT * (place + 1))
                            .boxed())
                    .toList();
            places = cut(differing(level, children));
        }
        List<Difference> found = new ArrayList<>();
        for (List<Integer> leaves : parts(places, MerkleLeavesRequest.LEAVES_MAX)) {
            MerkleLeavesRequest request = new MerkleLeavesRequest(leaves);
            compare(one.merkleLeaves(request), other.merkleLeaves(request), found);
        }
        return found;
    }

    private List<Integer> differing(int level, List<Integer> places) {
        List<Integer> differing = new ArrayList<>();
        for (List<Integer> part : parts(places, MerkleNodesRequest.NODES_MAX)) {
            MerkleNodesRequest request = new MerkleNodesRequest(level, part);
            Map<Integer, String> there = digests(other.merkleNodes(request));
            digests(one.merkleNodes(request)).forEach((place, digest) -> {
                if (!digest.equals(there.get(place))) {
                    differing.add(place);
                }
            });
        }
        return differing;
    }

    private static Map<Integer, String> digests(MerkleNodes nodes) {
        Map<Integer, String> digests = new LinkedHashMap<>();
        nodes.nodes().forEach(node -> digests.put(node.node(), node.digest()));
        return digests;
    }

    private List<Integer> cut(List<Integer> places) {
        truncated |= places.size() > LEAVES_MAX;
        return places.subList(0, Math.min(places.size(), LEAVES_MAX));
    }

    private static List<List<Integer>> parts(List<Integer> all, int size) {
        List<List<Integer>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return parts;
    }

    private void compare(MerkleLeaves here, MerkleLeaves there, List<Difference> found) {
        for (int i = 0; i < Math.min(here.leaves().size(), there.leaves().size()); i++) {
            MerkleLeaves.Leaf first = here.leaves().get(i);
            MerkleLeaves.Leaf second = there.leaves().get(i);
            truncated |= first.truncated() || second.truncated();
            Map<String, MerkleLeaves.Entry> ours = byHash(first);
            Map<String, MerkleLeaves.Entry> theirs = byHash(second);
            TreeSet<String> hashes = new TreeSet<>(ours.keySet());
            hashes.addAll(theirs.keySet());
            for (String hash : hashes) {
                add(first.leaf(), hash, ours.get(hash), theirs.get(hash), found);
            }
        }
    }

    private static Map<String, MerkleLeaves.Entry> byHash(MerkleLeaves.Leaf leaf) {
        Map<String, MerkleLeaves.Entry> entries = new LinkedHashMap<>();
        leaf.entries().forEach(entry -> entries.put(entry.hash(), entry));
        return entries;
    }

    private static void add(
            int leaf,
            String hash,
            MerkleLeaves.@Nullable Entry ours,
            MerkleLeaves.@Nullable Entry theirs,
            List<Difference> found) {
        String whole = String.format("%04x", leaf) + hash;
        if (ours == null) {
            found.add(new Difference(whole, "only_" + SECOND, SECOND, leaf));
        } else if (theirs == null) {
            found.add(new Difference(whole, "only_" + FIRST, FIRST, leaf));
        } else if (!ours.digest().equals(theirs.digest())) {
            int order = Long.compare(ours.timestamp(), theirs.timestamp());
            found.add(new Difference(whole, "differs", order == 0 ? null : order > 0 ? FIRST : SECOND, leaf));
        }
    }
}
