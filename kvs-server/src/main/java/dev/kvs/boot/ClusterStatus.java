package dev.kvs.boot;

import dev.kvs.boot.config.NodeConfig;
import dev.kvs.http.ClusterView;
import dev.kvs.http.Mode;
import dev.kvs.membership.Member;
import dev.kvs.membership.MemberState;
import dev.kvs.membership.MemberView;
import dev.kvs.membership.Membership;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.replication.gossip.GossipReplication;
import dev.kvs.replication.gossip.WinnerTree;
import dev.kvs.storage.Store;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the doors tell about the cluster; a node that runs alone, or has not begun to listen, knows one member: itself. */
final class ClusterStatus implements ClusterView {
    /** Somebody who is turned away needs one or two other doors. */
    private static final int HINTS_MAX = 5;

    private final NodeConfig config;
    private final Store store;
    private final NodeMode mode;
    private final Optional<Cluster> cluster;
    private final Time time;
    private final TreeStatus tree;

    ClusterStatus(
            NodeConfig config, Store store, WinnerTree tree, NodeMode mode, Optional<Cluster> cluster, Time time) {
        this.config = config;
        this.store = store;
        this.mode = mode;
        this.cluster = cluster;
        this.time = time;
        this.tree = new TreeStatus(store, tree);
    }

    private List<MemberView> known() {
        return cluster.map(Cluster::membership).map(Membership::members).orElse(List.of());
    }

    @Override
    public String address() {
        return known().stream()
                .filter(MemberView::self)
                .map(view -> view.member().address())
                .findFirst()
                .orElseGet(() -> Addresses.advertised(
                        config.http().bindAddress(), config.http().port()));
    }

    @Override
    public boolean isAlone() {
        return cluster.isEmpty();
    }

    @Override
    public List<MemberInfo> members() {
        List<MemberView> known = known();
        return known.isEmpty()
                ? List.of(alone())
                : known.stream().map(this::info).toList();
    }

    private MemberInfo alone() {
        return new MemberInfo(
                config.nodeId().value(),
                address(),
                MemberInfo.ALIVE,
                time.epochMillis(),
                store.joinedMillis(),
                Usage.version(),
                mode.mode().word(),
                0,
                true);
    }

    private MemberInfo info(MemberView view) {
        Member member = view.member();
        return new MemberInfo(
                member.id().value(),
                member.address(),
                member.state().word(),
                view.lastSeenMillis(),
                member.joinedMillis(),
                member.release(),
                view.self() ? mode.mode().word() : member.mode(),
                view.self() ? 0 : lag(member.id()),
                view.self());
    }

    private long lag(NodeId id) {
        GossipReplication replication = cluster.map(Cluster::replication)
                .orElseThrow(() -> new IllegalStateException("others, but no cluster"));
        return replication.peers().stream()
                .filter(peer -> peer.id().equals(id))
                .mapToLong(replication::lag)
                .findFirst()
                .orElse(0);
    }

    @Override
    public List<String> accepting() {
        return known().stream()
                .filter(view -> !view.self())
                .map(MemberView::member)
                .filter(member ->
                        member.state() == MemberState.ALIVE && member.mode().equals(Mode.NORMAL.word()))
                .map(Member::address)
                .limit(HINTS_MAX)
                .toList();
    }

    private Cluster cluster() {
        return cluster.orElseThrow(() ->
                new KvsException(ErrorCode.INVALID_REQUEST, "This node runs alone (clustering_enabled is false)."));
    }

    @Override
    public JoinReport join(String address) {
        return cluster().joinThrough(address);
    }

    @Override
    public LeaveReport leave() {
        return cluster().leave();
    }

    @Override
    public Convergence convergence() {
        return new ConvergenceStatus(config.nodeId(), store, cluster, time).report(addressesAndStates());
    }

    private Map<String, MemberInfo> addressesAndStates() {
        return members().stream().collect(Collectors.toMap(MemberInfo::id, Function.identity()));
    }

    @Override
    public MerkleRoot tree() {
        return tree.root();
    }

    @Override
    public MerkleNodes nodes(int level, List<Integer> nodes) {
        return tree.nodes(level, nodes);
    }

    @Override
    public MerkleLeaves leaves(List<Integer> leaves) {
        return tree.leaves(leaves);
    }

    @Override
    public List<Comparison> comparisons() {
        return cluster.map(part -> Comparisons.last(part.replication())).orElse(List.of());
    }

    @Override
    public List<Comparison> compareNow() {
        return cluster.map(part -> Comparisons.now(part.replication())).orElse(List.of());
    }

    @Override
    public Version plant(Key key, byte[] json, long hlc) {
        if (!config.cluster().conflictSeeding()) {
            throw new KvsException(
                    ErrorCode.FORBIDDEN,
                    "Making conflicts is not allowed on this node; conflict_seeding_enabled: true allows it.");
        }
        switch (mode.mode()) {
            case NORMAL -> cluster().admit();
            case READ_ONLY -> throw new KvsException(ErrorCode.READ_ONLY, mode.reason());
            case SYNCING -> throw new KvsException(ErrorCode.SYNCING, mode.reason());
        }
        return cluster().replication().plant(key, json, hlc);
    }
}
