package dev.kvs.console.page;

import dev.kvs.client.KvsClient;
import dev.kvs.client.RangeQuery;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Pager;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.console.web.Form;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.MerkleLeaves;
import dev.kvs.wire.MerkleLeavesRequest;
import dev.kvs.wire.MerkleNodes;
import dev.kvs.wire.MerkleNodesRequest;
import dev.kvs.wire.RangePage;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /convergence/group}: what differs between this node and another one in a group of leaves, key by key. Members tell
 * hashes of keys alone; which key a hash is of is found by hashing keys, some on each page.
 */
final class ConvergenceGroup implements Page {
    private static final int FANOUT = 16;
    private static final int LEAF_LEVEL = MerkleNodesRequest.LEVEL_MAX;

    /** What both hold of a key by its hash. */
    private record Pair(MerkleLeaves.@Nullable Entry here, MerkleLeaves.@Nullable Entry there) {
        boolean differs() {
            return here == null || there == null || !here.digest().equals(there.digest());
        }
    }

    @Override
    public Outcome answer(Visit visit) {
        String peer = visit.query().text("peer");
        int group = number(visit.query().text("n"));
        Convergence known = visit.kvs().convergence();
        String address = known.peers().stream()
                .filter(member -> member.id().equals(peer))
                .map(Convergence.Peer::address)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no other member " + peer));
        try (KvsClient there = visit.elsewhere().apply(address)) {
            return view(visit, there, peer, group);
        }
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) >= ConvergencePage.GROUPS) {
            throw new IllegalArgumentException("a group is 0 to " + (ConvergencePage.GROUPS - 1) + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Outcome view(Visit visit, KvsClient there, String peer, int group) {
        List<Integer> places = IntStream.range(0, ConvergencePage.TOGETHER)
                .mapToObj(i -> group * ConvergencePage.TOGETHER + i)
                .toList();
        for (int level = ConvergencePage.LEVEL; level < LEAF_LEVEL; level++) {
            places = below(differing(visit.kvs(), there, level, places));
        }
        List<Integer> leaves = differing(visit.kvs(), there, LEAF_LEVEL, places);
        Map<String, Pair> pairs = leaves.isEmpty() ? Map.of() : pairs(visit.kvs(), there, leaves);
        Names names = new Names(pairs);
        String after = visit.query().text("after");
        String next = names.look(visit.kvs(), there, after);
        Table.Builder table = Table.of("What differs", "Key", "State", "Written here", "Written there");
        pairs.forEach((hash, pair) -> table.row(
                names.cell(hash),
                Cell.badge(state(pair)),
                Numbers.when(pair.here() == null ? null : pair.here().timestamp(), visit.now()),
                Numbers.when(pair.there() == null ? null : pair.there().timestamp(), visit.now())));
        String here = "/convergence/group" + Form.query("n", String.valueOf(group), "peer", peer);
        Section list = Section.of(
                        "differences",
                        "Group " + group + ", compared with " + peer,
                        "Members compare hashes of keys. A key has its name here when it is among the first that were"
                                + " looked at; the next page looks at the next ones.")
                .table(
                        table.build(),
                        new Empty("Both hold the same in this group.", "The heat map", "/convergence", ""))
                .pager(new Pager(
                        after.isEmpty() ? "" : here,
                        names.areAllKnown() || next == null ? "" : here + "&after=" + Form.encode(next),
                        pairs.size() + (pairs.size() == 1 ? " key differs" : " keys differ")));
        String title = "Differences from " + peer;
        return Outcome.live("sheet", title, "Convergence", Sheet.of(title, "", list));
    }

    private static Badge state(Pair pair) {
        return pair.here() == null
                ? Badge.warn("missing here")
                : pair.there() == null ? Badge.warn("missing there") : Badge.bad("differs");
    }

    /** The places below these, one level down, as many as a request takes. */
    private static List<Integer> below(List<Integer> places) {
        return places.stream()
                .flatMap(place ->
                        IntStream.range(place * FANOUT, (place + 1) * FANOUT).boxed())
                .limit(MerkleNodesRequest.NODES_MAX)
                .toList();
    }

    private static List<Integer> differing(KvsClient here, KvsClient there, int level, List<Integer> places) {
        if (places.isEmpty()) {
            return places;
        }
        MerkleNodesRequest request = new MerkleNodesRequest(level, places);
        List<MerkleNodes.Node> mine = here.merkleNodes(request).nodes();
        List<MerkleNodes.Node> theirs = there.merkleNodes(request).nodes();
        return IntStream.range(0, Math.min(mine.size(), theirs.size()))
                .filter(i -> !mine.get(i).digest().equals(theirs.get(i).digest()))
                .mapToObj(i -> places.get(i))
                .limit(level == LEAF_LEVEL ? MerkleLeavesRequest.LEAVES_MAX : MerkleNodesRequest.NODES_MAX)
                .toList();
    }

    /** What differs, by the leaf's number and the hash. */
    private static Map<String, Pair> pairs(KvsClient here, KvsClient there, List<Integer> leaves) {
        MerkleLeavesRequest request = new MerkleLeavesRequest(leaves);
        Map<String, Pair> pairs = new TreeMap<>();
        for (MerkleLeaves.Leaf leaf : here.merkleLeaves(request).leaves()) {
            leaf.entries().forEach(entry -> pairs.put(name(leaf, entry), new Pair(entry, null)));
        }
        for (MerkleLeaves.Leaf leaf : there.merkleLeaves(request).leaves()) {
            leaf.entries()
                    .forEach(entry -> pairs.merge(
                            name(leaf, entry), new Pair(null, entry), (mine, theirs) -> new Pair(mine.here(), entry)));
        }
        pairs.values().removeIf(pair -> !pair.differs());
        return pairs;
    }

    private static String name(MerkleLeaves.Leaf leaf, MerkleLeaves.Entry entry) {
        return HexFormat.of().toHexDigits((short) leaf.leaf()) + entry.hash();
    }

    /** Finds the keys of hashes by trying keys. */
    private static final class Names {
        private static final int HASH_BYTES = 10;

        private static final Comparator<String> BYTE_ORDER =
                Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

        private final Map<String, Pair> wanted;
        private final Map<String, String> found = new TreeMap<>();

        Names(Map<String, Pair> wanted) {
            this.wanted = wanted;
        }

        boolean areAllKnown() {
            return found.size() == wanted.size();
        }

        /** Tries the next keys of both; gives where to go on, null behind the last. */
        @Nullable
        String look(KvsClient here, KvsClient there, String after) {
            if (wanted.isEmpty()) {
                return null;
            }
            List<String> nexts = new ArrayList<>();
            TreeSet<String> keys = new TreeSet<>();
            for (KvsClient member : List.of(here, there)) {
                RangePage page = member.range(RangeQuery.ALL
                        .withKeysOnly()
                        .withLimit(RangePage.LIMIT_MAX)
                        .withAfter(after.isEmpty() ? null : after));
                page.entries().forEach(entry -> keys.add(entry.key()));
                Optional.ofNullable(page.next()).ifPresent(nexts::add);
            }
            keys.forEach(key -> {
                String hash = hash(key);
                if (wanted.containsKey(hash)) {
                    found.put(hash, key);
                }
            });
            // Where the one that holds more has come to: behind it, nothing of it has been looked at.
            return nexts.stream().min(BYTE_ORDER).orElse(null);
        }

        Cell cell(String hash) {
            String key = found.get(hash);
            return key == null ? Cell.code("hash " + hash) : Cell.code(key).to(Links.key(key));
        }

        private static String hash(String key) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
            } catch (GeneralSecurityException everyJavaHasIt) {
                throw new IllegalStateException(everyJavaHasIt);
            }
        }
    }
}
