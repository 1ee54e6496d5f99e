package dev.kvs.http;

import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.JoinReport;
import dev.kvs.wire.LeaveReport;
import dev.kvs.wire.MemberInfo;
import dev.kvs.wire.MerkleLeaves;
import dev.kvs.wire.MerkleNodes;
import dev.kvs.wire.MerkleRoot;
import java.util.List;

/** A cluster of one node with an empty tree, which knows of another that a test may name. */
final class LoneMember implements ClusterView {
    volatile List<String> accepting = List.of();

    @Override
    public String address() {
        return "127.0.0.1:8080";
    }

    @Override
    public boolean isAlone() {
        return false;
    }

    @Override
    public List<MemberInfo> members() {
        return List.of(new MemberInfo("node-1", address(), MemberInfo.ALIVE, 2, 1, "1.0.0-test", "normal", 0, true));
    }

    @Override
    public List<String> accepting() {
        return accepting;
    }

    @Override
    public JoinReport join(String address) {
        return new JoinReport("node-1", address, true, "let in");
    }

    @Override
    public LeaveReport leave() {
        throw new KvsException(ErrorCode.INVALID_REQUEST, "This node runs alone.");
    }

    @Override
    public Convergence convergence() {
        return new Convergence("node-1", 3L, null, 0, 0, 0, List.of(), 0, 0, List.of());
    }

    @Override
    public MerkleRoot tree() {
        return new MerkleRoot(0, "0".repeat(16), 0, "0".repeat(16), 0);
    }

    @Override
    public MerkleNodes nodes(int level, List<Integer> nodes) {
        return new MerkleNodes(
                0,
                level,
                nodes.stream()
                        .map(node -> new MerkleNodes.Node(node, "0".repeat(16)))
                        .toList());
    }

    @Override
    public MerkleLeaves leaves(List<Integer> leaves) {
        return new MerkleLeaves(
                0,
                leaves.stream()
                        .map(leaf -> new MerkleLeaves.Leaf(leaf, List.of(), false))
                        .toList());
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of();
    }

    @Override
    public List<Comparison> compareNow() {
        return List.of();
    }

    @Override
    public Version plant(Key key, byte[] json, long hlc) {
        throw new KvsException(ErrorCode.FORBIDDEN, "Making conflicts is not allowed here.");
    }
}
