package dev.kvs.boot;

import dev.kvs.merkle.LeafEntries;
import dev.kvs.merkle.LeafEntry;
import dev.kvs.model.Hlc;
import dev.kvs.model.Keyspace;
import dev.kvs.replication.gossip.WinnerTree;
import dev.kvs.storage.Store;
import dev.kvs.wire.MerkleLeaves;
import dev.kvs.wire.MerkleNodes;
import dev.kvs.wire.MerkleRoot;
import java.util.HexFormat;
import java.util.List;

/** The Merkle tree of the documents, and the root of the system's, in the words of the contract: digests and hashes, never keys. */
final class TreeStatus {
    private static final HexFormat HEX = HexFormat.of();

    private final Store store;
    private final WinnerTree tree;
    private final LeafEntries entries;

    TreeStatus(Store store, WinnerTree tree) {
        this.store = store;
        this.tree = tree;
        this.entries = WinnerTree.entriesOf(store.feed(), Keyspace.DOCUMENTS);
    }

    MerkleRoot root() {
        return new MerkleRoot(
                store.epoch(),
                HEX.toHexDigits(tree.root(Keyspace.DOCUMENTS)),
                tree.keys(Keyspace.DOCUMENTS),
                HEX.toHexDigits(tree.root(Keyspace.SYSTEM)),
                tree.keys(Keyspace.SYSTEM));
    }

    MerkleNodes nodes(int level, List<Integer> nodes) {
        return new MerkleNodes(
                store.epoch(),
                level,
                nodes.stream()
                        .map(node ->
                                new MerkleNodes.Node(node, HEX.toHexDigits(tree.node(Keyspace.DOCUMENTS, level, node))))
                        .toList());
    }

    MerkleLeaves leaves(List<Integer> leaves) {
        return new MerkleLeaves(
                store.epoch(), leaves.stream().distinct().map(this::leaf).toList());
    }

    private MerkleLeaves.Leaf leaf(int leaf) {
        List<LeafEntry> found = entries.page(leaf, 0, MerkleLeaves.ENTRIES_MAX + 1);
        return new MerkleLeaves.Leaf(
                leaf,
                found.stream()
                        .limit(MerkleLeaves.ENTRIES_MAX)
                        .map(entry -> new MerkleLeaves.Entry(
                                HEX.toHexDigits(entry.keyHash()),
                                HEX.toHexDigits(entry.digest()),
                                Hlc.millis(entry.hlc())))
                        .toList(),
                found.size() > MerkleLeaves.ENTRIES_MAX);
    }
}
