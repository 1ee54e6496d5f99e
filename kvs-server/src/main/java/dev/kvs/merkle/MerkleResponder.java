package dev.kvs.merkle;

import java.util.ArrayList;
import java.util.List;

/** The answering side of a comparison. Keeps nothing between requests; safe for use by any number of threads. */
public final class MerkleResponder {
    private final MerkleTree tree;
    private final LeafEntries entries;

    public MerkleResponder(MerkleTree tree, LeafEntries entries) {
        this.tree = tree;
        this.entries = entries;
    }

    /**
     * Answers one request in at most 1.6 MB.
     *
     * @param epoch the epoch that the tree stands at now, after the caller has looked at {@link MerkleRequest#epoch()}
     */
    public byte[] answer(MerkleRequest request, long epoch) {
        if (request.epoch() != epoch) {
            return summary(epoch).encode();
        }
        MerkleAnswer answer = switch (request) {
            case MerkleRequest.Summary _ -> summary(epoch);
            case MerkleRequest.Children children -> children(children, epoch);
            case MerkleRequest.Entries leaves -> entries(leaves, epoch);
        };
        return answer.encode();
    }

    private MerkleAnswer summary(long epoch) {
        return new MerkleAnswer.Summary(epoch, tree.root(), tree.keys());
    }

    private MerkleAnswer children(MerkleRequest.Children request, long epoch) {
        long[] digests = new long[request.nodes().length * MerkleTree.FANOUT];
        int filled = 0;
        for (int node : request.nodes()) {
            for (int child = 0; child < MerkleTree.FANOUT; child++) {
                digests[filled++] = tree.node(request.level() + 1, node * MerkleTree.FANOUT + child);
            }
        }
        return new MerkleAnswer.Children(epoch, digests);
    }

    /** Whole leaves as long as they fit; of the first one, what fits. */
    private MerkleAnswer entries(MerkleRequest.Entries request, long epoch) {
        List<List<LeafEntry>> leaves = new ArrayList<>();
        int room = MerkleAnswer.ENTRIES_MAX;
        long from = request.fromKeyHash();
        for (int leaf : request.leaves()) {
            List<LeafEntry> page = entries.page(leaf, from, room + 1);
            if (page.size() > room) {
                if (leaves.isEmpty()) {
                    return new MerkleAnswer.Entries(epoch, true, List.of(beforeLastHash(page)));
                }
                break;
            }
            leaves.add(page);
            room -= page.size();
            from = 0;
        }
        return new MerkleAnswer.Entries(epoch, false, leaves);
    }

    /**
     * What comes before the last key hash of a page that is one too long: the comparison goes on at a key hash, so entries
     * that share one must not be parted. A page full of one hash does not occur: nobody finds 65,537 keys with the same 80
     * bits of SHA-256.
     */
    private static List<LeafEntry> beforeLastHash(List<LeafEntry> page) {
        int end = page.size() - 1;
        while (end > 1 && page.get(end - 1).keyHash() == page.getLast().keyHash()) {
            end--;
        }
        return page.subList(0, end);
    }
}
