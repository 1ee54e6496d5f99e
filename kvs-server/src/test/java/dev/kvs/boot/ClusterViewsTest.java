package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.client.ConflictQuery;
import dev.kvs.client.KvsClientException;
import dev.kvs.client.WriteOptions;
import dev.kvs.client.Written;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.ConflictReport;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Explanation;
import dev.kvs.wire.LeaveReport;
import dev.kvs.wire.MemberInfo;
import dev.kvs.wire.MerkleLeaves;
import dev.kvs.wire.MerkleLeavesRequest;
import dev.kvs.wire.MerkleNodesRequest;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.Rival;
import dev.kvs.wire.SeedRequest;
import dev.kvs.wire.SyncStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two real nodes show of their cluster, through the client. */
class ClusterViewsTest {
    @TempDir
    private Path directory;

    private TwoNodes nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new TwoNodes(directory, "conflict_seeding_enabled: true\n");
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void membersKnowEachOther() {
        List<MemberInfo> seen = nodes.a.members();
        assertThat(seen).extracting(MemberInfo::id).containsExactly("alpha", "beta");
        assertThat(seen).extracting(MemberInfo::self).containsExactly(true, false);
        assertThat(seen).extracting(MemberInfo::state).containsOnly(MemberInfo.ALIVE);
        assertThat(seen.getLast().address()).isEqualTo(TwoNodes.hostAndPort(nodes.beta));
        assertThat(nodes.b.member("alpha").orElseThrow().joinedTimestamp())
                .isEqualTo(seen.getFirst().joinedTimestamp());
        assertThat(nodes.a.member("gamma")).isEmpty();
        assertThat(nodes.a.health().memberCount()).isEqualTo(2);
        assertThat(nodes.a.metrics())
                .contains("kvs_push_lag_versions{peer=\"beta\"}")
                .contains("kvs_members{state=\"alive\"} 2")
                .contains("kvs_conflicts_open{keyspace=\"system\"} 0")
                .contains("kvs_gossip_rounds_total ")
                .contains("kvs_probes_failed_total ");
        TwoNodes.eventually(() -> nodes.a.metrics().matches("(?s).*\nkvs_probes_total [1-9].*"));
    }

    @Test
    void whatEveryMemberHoldsIsToldUpToAMomentThatAdvances() {
        Written written = nodes.a.put("k", "1");
        TwoNodes.eventually(() -> {
            Convergence seen = nodes.a.convergence();
            Long upTo = seen.convergedUpTo();
            return upTo != null && upTo > written.timestamp();
        });
        Convergence.Peer peer = nodes.a.convergence().peers().getFirst();
        assertThat(peer.id()).isEqualTo("beta");
        assertThat(peer.lag()).isZero();
        assertThat(peer.missingHere()).isZero();
        assertThat(peer.toldAt()).isNotNull();
        assertThat(nodes.b.get("k").orElseThrow().text()).isEqualTo("1");
    }

    @Test
    void treesAreComparedOnDemandAndLeadFromTheRootToTheHash() {
        nodes.a.put("k", "1");
        TwoNodes.eventually(() -> nodes.b.exists("k"));
        SyncStatus compared = nodes.a.syncNow();
        assertThat(compared.comparisons()).extracting(Comparison::result).containsExactly(Comparison.EQUAL);
        assertThat(compared.tree()).isEqualTo(nodes.b.merkleRoot());
        assertThat(nodes.a.syncStatus().comparisons()).isEqualTo(compared.comparisons());

        int place = 0;
        for (int level = 1; level <= MerkleNodesRequest.LEVEL_MAX; level++) {
            List<Integer> children =
                    IntStream.range(16 * place, 16 * place + 16).boxed().toList();
            place = nodes.a.merkleNodes(new MerkleNodesRequest(level, children)).nodes().stream()
                    .filter(node -> !node.digest().equals("0".repeat(16)))
                    .findFirst()
                    .orElseThrow()
                    .node();
        }
        MerkleLeaves leaves = nodes.b.merkleLeaves(new MerkleLeavesRequest(List.of(place)));
        assertThat(leaves.leaves().getFirst().entries()).hasSize(1);
        assertThat(leaves.leaves().getFirst().entries().getFirst().digest())
                .isEqualTo(compared.tree().root());
    }

    @Test
    void aSeededConflictEndsTheSameEverywhereAndIsExplained() {
        Rival older = nodes.a.seedConflict(new SeedRequest("c/1", new RawJson("\"of alpha\""), null, null));
        Rival younger = nodes.b.seedConflict(
                new SeedRequest("c/1", new RawJson("\"of beta\""), older.timestamp(), older.counter()));
        TwoNodes.eventually(() -> nodes.a
                                .conflicts(ConflictQuery.of("c/1"))
                                .conflicts()
                                .size()
                        == 1
                && nodes.b.conflicts(ConflictQuery.of("c/1")).conflicts().size() == 1);
        assertThat(nodes.a.get("c/1").orElseThrow().text()).isEqualTo("\"of alpha\"");
        assertThat(nodes.b.get("c/1").orElseThrow().text()).isEqualTo("\"of alpha\"");

        ConflictReport conflict =
                nodes.b.conflicts(ConflictQuery.ALL).conflicts().getFirst();
        assertThat(conflict.rule()).isEqualTo("oldest_node");
        assertThat(conflict.rivals()).extracting(Rival::uuid).containsExactly(older.uuid(), younger.uuid());
        assertThat(nodes.b.conflict(conflict.id())).contains(conflict);
        assertThat(nodes.b.conflict(new UUID(0, 0))).isEmpty();

        Explanation told = nodes.b.explain("c/1").orElseThrow();
        assertThat(told.rule()).isEqualTo("oldest_node");
        assertThat(told.status()).isEqualTo(ConflictReport.OPEN);
        assertThat(told.verdict()).contains("alpha").contains("is older");
        assertThat(told.restore()).hasSize(1);
        assertThat(told.restore().getFirst().revision()).isEqualTo(younger.uuid());
        assertThat(told.restore().getFirst().curl()).contains("/kv/c/1/_restore");

        nodes.a.restore("c/1", younger.uuid(), WriteOptions.NONE);
        TwoNodes.eventually(
                () -> "closed".equals(nodes.b.explain("c/1").orElseThrow().status()));
        assertThat(nodes.b.get("c/1").orElseThrow().text()).isEqualTo("\"of beta\"");
        assertThat(nodes.b.explain("c/1").orElseThrow().rule()).isEqualTo("has_seen_all");
    }

    @Test
    void aKeyWithoutAConflictIsExplainedToo() {
        nodes.a.put("calm", "1");
        assertThat(nodes.a.explain("calm").orElseThrow().rule()).isEqualTo("only_version");
        nodes.a.put("calm", "2");
        assertThat(nodes.a.explain("calm").orElseThrow().rule()).isEqualTo("has_seen_all");
        assertThat(nodes.a.explain("never")).isEmpty();
    }

    @Test
    void aReadOnlyNodeNamesMembersThatTakeWrites() {
        assertThat(nodes.b.changeMode("read-only")).isEqualTo("read-only");
        assertThatThrownBy(() -> nodes.b.put("k", "1"))
                .isInstanceOfSatisfying(KvsClientException.Refused.class, refused -> {
                    assertThat(refused.is(ErrorCode.READ_ONLY)).isTrue();
                    assertThat(refused.retryAfter()).isPresent();
                    assertThat(refused.problem().members()).containsExactly(TwoNodes.hostAndPort(nodes.alpha));
                });
    }

    @Test
    void aNodeThatLeavesIsCoveredAndStaysReadOnly() {
        nodes.b.put("k", "1");
        LeaveReport report = nodes.b.leave();
        assertThat(report.coveredBy()).isEqualTo("alpha");
        assertThat(report.behind()).isZero();
        assertThat(nodes.b.leave()).isEqualTo(report);
        TwoNodes.eventually(
                () -> nodes.a.member("beta").map(MemberInfo::state).orElse("").equals("left"));
        assertThat(nodes.b.health().mode()).isEqualTo("read-only");
        assertThat(nodes.b.health().memberCount()).isEqualTo(1);
        assertThat(nodes.b.get("k")).isPresent();
        assertThat(nodes.a.get("k")).isPresent();
        assertThatThrownBy(() -> nodes.b.put("k", "2")).hasMessageContaining("has left its cluster");
        assertThatThrownBy(() -> nodes.b.changeMode("normal")).hasMessageContaining("restart it");
    }

    @Test
    void theConfigurationIsListedForComparing() {
        var settings = nodes.a.config().settings();
        assertThat(Objects.requireNonNull(settings.get("cluster_secret"))
                        .value()
                        .text())
                .isEqualTo("\"********\"");
        assertThat(Objects.requireNonNull(settings.get("conflict_seeding_enabled"))
                        .value()
                        .text())
                .isEqualTo("true");
    }
}
