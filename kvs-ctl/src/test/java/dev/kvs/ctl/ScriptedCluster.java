package dev.kvs.ctl;

import dev.kvs.ctl.ScriptedNode.Reply;
import dev.kvs.wire.AuditEntries;
import dev.kvs.wire.AuditReport;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.ConfigReport;
import dev.kvs.wire.ConflictPage;
import dev.kvs.wire.ConflictReport;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Explanation;
import dev.kvs.wire.JoinReport;
import dev.kvs.wire.JoinRequest;
import dev.kvs.wire.LeaveReport;
import dev.kvs.wire.MemberInfo;
import dev.kvs.wire.MerkleLeaves;
import dev.kvs.wire.MerkleLeavesRequest;
import dev.kvs.wire.MerkleNodes;
import dev.kvs.wire.MerkleNodesRequest;
import dev.kvs.wire.MerkleRoot;
import dev.kvs.wire.ModeReport;
import dev.kvs.wire.ModeRequest;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.Rival;
import dev.kvs.wire.SeedRequest;
import dev.kvs.wire.SyncStatus;
import dev.kvs.wire.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a scripted node says of its cluster; tests change it. The node itself is the member that has its address. */
final class ScriptedCluster {
    private static final long MOMENT = 1_790_000_000_000L;

    private record Winner(String hash, long digest, long timestamp) {}

    private final String url;
    private final Map<String, MemberInfo> members = new TreeMap<>();
    private final Map<Integer, List<Winner>> leaves = new TreeMap<>();
    private final Map<String, ConfigReport.Entry> config = new LinkedHashMap<>();
    private long planted;
    volatile String result = Comparison.EQUAL;
    volatile String mode = "normal";
    volatile long lag;
    volatile String systemRoot = "0".repeat(16);
    volatile long clockAhead;
    volatile int openConflicts = 1;
    volatile boolean covered = true;
    volatile @Nullable String rewritten;

    ScriptedCluster(String url) {
        this.url = url;
        config("port", "8080");
        config("sync_interval", "\"5m\"");
    }

    synchronized void join(String id, String at) {
        String address = at.substring("http://".length());
        members.put(
                id,
                new MemberInfo(
                        id,
                        address,
                        MemberInfo.ALIVE,
                        MOMENT,
                        MOMENT - 100 + members.size(),
                        "1.0.0",
                        "normal",
                        0,
                        at.equals(url)));
    }

    synchronized void state(String id, String state) {
        MemberInfo now = members.get(id);
        members.put(
                id,
                new MemberInfo(
                        id, now.address(), state, MOMENT, now.joinedTimestamp(), "1.0.0", "normal", 0, now.self()));
    }

    synchronized void config(String name, String json) {
        config.put(name, new ConfigReport.Entry(new RawJson(json), "file", true));
    }

    synchronized void winner(int leaf, String hash, long digest, long timestamp) {
        leaves.computeIfAbsent(leaf, any -> new ArrayList<>()).add(new Winner(hash, digest, timestamp));
    }

    private static AuditEntries auditEntries() {
        return new AuditEntries(
                List.of(
                        new AuditEntries.Entry(
                                "1.88.1", 2, MOMENT, "put", "ada", "users/ada", new UUID(1, 2), "00ff", null),
                        new AuditEntries.Entry(
                                "1.88.0", 2, MOMENT - 1, "refused", "", null, null, null, "from 10.0.0.9: 401")),
                null);
    }

    private AuditReport auditReport() {
        boolean ok = rewritten == null;
        return new AuditReport(
                ok,
                2,
                1,
                "01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f",
                2,
                "00ff",
                MOMENT,
                ok ? null : new AuditReport.Link("01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f", 2, 1, 88, MOMENT, rewritten),
                ok ? List.of() : List.of(new AuditReport.Contradiction("s", "alpha", "beta", 2, "cut off")),
                List.of("gamma"));
    }

    /** The answer of a path that is one of the cluster's. */
    synchronized Optional<Reply> answer(String method, String path, byte[] body) {
        try {
            return Optional.ofNullable(
                    switch (method + " " + path) {
                        case "GET /members/" -> ok(members.values());
                        case "POST /members/leave" ->
                            ok(new LeaveReport("alpha", true, covered ? "beta" : null, covered ? 0L : 7L, "gone"));
                        case "POST /members/join" ->
                            ok(new JoinReport(
                                    "alpha",
                                    WireJson.read(body, JoinRequest.class).address(),
                                    covered,
                                    "said"));
                        case "GET /cluster/convergence" -> ok(convergence());
                        case "GET /sync/status", "POST /sync/now" -> ok(new SyncStatus(root(), List.of(comparison())));
                        case "GET /sync/merkle/root" -> ok(root());
                        case "POST /sync/merkle/nodes" -> ok(nodes(WireJson.read(body, MerkleNodesRequest.class)));
                        case "POST /sync/merkle/leaves" -> ok(leaves(WireJson.read(body, MerkleLeavesRequest.class)));
                        case "GET /conflicts" -> ok(new ConflictPage(List.of(conflict()), 0, null));
                        case "GET /conflicts/01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f" -> ok(conflict());
                        case "GET /audit" -> ok(auditEntries());
                        case "POST /audit/_verify" -> ok(auditReport());
                        case "POST /conflicts/_seed" -> ok(seeded(WireJson.read(body, SeedRequest.class)));
                        case "GET /kv/users/ada/_explain" -> ok(explanation());
                        case "GET /admin/config" -> ok(new ConfigReport(config));
                        case "POST /admin/mode" -> {
                            mode = WireJson.read(body, ModeRequest.class).mode();
                            yield ok(new ModeReport(mode));
                        }
                        default -> other(path);
                    });
        } catch (IOException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }

    private static Reply ok(Object message) {
        return Reply.json(200, new String(WireJson.write(message), StandardCharsets.UTF_8));
    }

    private Reply other(String path) {
        if (path.startsWith("/members/")) {
            MemberInfo member = members.get(path.substring("/members/".length()));
            return member == null ? ScriptedNode.refused(ErrorCode.MEMBER_NOT_FOUND, path) : ok(member);
        }
        if (path.startsWith("/conflicts/")) {
            return ScriptedNode.refused(ErrorCode.CONFLICT_NOT_FOUND, path);
        }
        return path.endsWith("/_explain") ? ScriptedNode.refused(ErrorCode.NOT_FOUND, path) : null;
    }

    private Convergence convergence() {
        return new Convergence(
                "alpha",
                MOMENT,
                clockAhead,
                0,
                0,
                0,
                List.of(),
                openConflicts,
                0,
                List.of(new Convergence.Peer("beta", "b:1", MemberInfo.ALIVE, lag, 0, MOMENT, comparison())));
    }

    private Comparison comparison() {
        boolean failed = result.equals(Comparison.FAILED);
        return new Comparison("beta", result, failed ? 0 : 3, 0, failed ? "no answer" : null, MOMENT, null);
    }

    private MerkleRoot root() {
        return new MerkleRoot(
                0,
                hex(sum(0, 1 << 16)),
                leaves.values().stream().mapToInt(List::size).sum(),
                systemRoot,
                0);
    }

    private long sum(int from, int until) {
        return leaves.entrySet().stream()
                .filter(leaf -> leaf.getKey() >= from && leaf.getKey() < until)
                .flatMap(leaf -> leaf.getValue().stream())
                .mapToLong(Winner::digest)
                .sum();
    }

    private static String hex(long number) {
        return "%016x".formatted(number);
    }

    private MerkleNodes nodes(MerkleNodesRequest request) {
        int width = 1 << (16 - 4 * request.level());
        return new MerkleNodes(
                0,
                request.level(),
                request.nodes().stream()
                        .map(node -> new MerkleNodes.Node(node, hex(sum(node * width, (node + 1) * width))))
                        .toList());
    }

    private MerkleLeaves leaves(MerkleLeavesRequest request) {
        return new MerkleLeaves(
                0,
                request.leaves().stream()
                        .map(leaf -> new MerkleLeaves.Leaf(
                                leaf,
                                leaves.getOrDefault(leaf, List.of()).stream()
                                        .map(winner -> new MerkleLeaves.Entry(
                                                winner.hash(), hex(winner.digest()), winner.timestamp()))
                                        .toList(),
                                false))
                        .toList());
    }

    private Rival seeded(SeedRequest request) {
        MemberInfo self =
                members.values().stream().filter(MemberInfo::self).findFirst().orElseThrow();
        planted++;
        // Of two nodes without a clock in common, the younger one's is taken to be later.
        long now = self.joinedTimestamp() + 1_000 * planted;
        return new Rival(
                new UUID(0x0192_0000_0000_7000L, 1_000 - planted),
                request.timestamp() == null ? now : request.timestamp(),
                request.counter() == null ? 0 : request.counter(),
                self.id(),
                self.joinedTimestamp(),
                new UUID(1, self.joinedTimestamp()),
                planted,
                "live",
                Map.of("store", planted),
                false,
                true);
    }

    private static ConflictReport conflict() {
        Rival rival = new Rival(
                new UUID(1, 2), MOMENT, 0, "alpha", 1, new UUID(3, 4), 5, "live", Map.of("store", 5L), true, true);
        return new ConflictReport(
                UUID.fromString("01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f"),
                "users/ada",
                ConflictReport.OPEN,
                "oldest_node",
                1,
                MOMENT,
                MOMENT,
                List.of(rival),
                List.of(),
                null,
                null);
    }

    private static Explanation explanation() {
        return new Explanation(
                "users/ada",
                "It was so.",
                "oldest_node",
                List.of("It was so.", "So it was."),
                conflict().rivals(),
                conflict().id(),
                ConflictReport.OPEN,
                List.of(),
                List.of(new Explanation.Restoring(new UUID(1, 3), "curl -X POST 'http://x'")));
    }
}
