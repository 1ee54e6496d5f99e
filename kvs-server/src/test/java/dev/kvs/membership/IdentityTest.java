package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.membership.MemberEvent.Kind;
import dev.kvs.model.StoreId;
import dev.kvs.platform.SimTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who does not belong is refused and told why; one name is one node. */
class IdentityTest {
    private static final long MINUTE = 60_000;

    private final SimCluster cluster = new SimCluster(1);

    @ParameterizedTest
    @CsvSource({
        "other, oldest-node, gossip, cluster_secret",
        "c7f0, majority-vote, gossip, conflict_policy",
        "c7f0, oldest-node, ring, cluster_mode"
    })
    void aNodeOfAnotherClusterPolicyOrModeIsRefusedAndToldWhatToChange(
            String clusterId, String policy, String mode, String setting) {
        List<SimMember> nodes = formed(3);
        ClusterIdentity other = new ClusterIdentity(clusterId, policy, mode);
        SimMember stranger = cluster.nodeAt("x:1", "x", SimCluster.storeOf("x", 1), other, "n0:1", "n1:1")
                .start();
        cluster.world().runFor(3 * MINUTE);
        assertThat(stranger.membership().status().standing())
                .isInstanceOfSatisfying(Standing.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo("cluster_mismatch");
                    assertThat(refused.detail()).contains("x at x:1", setting);
                });
        assertThat(stranger.membership().members()).hasSize(1);
        assertThat(SimCluster.agree(nodes)).as(cluster::picture).isTrue();
        assertThat(nodes).allSatisfy(node -> assertThat(node.memberOf(stranger)).isNull());
    }

    @Test
    void twoClustersThatShareASeedStayTwo() {
        List<SimMember> nodes = formed(3);
        ClusterIdentity other = new ClusterIdentity("other", "oldest-node", "gossip");
        SimMember first = cluster.nodeAt("x0:1", "x0", SimCluster.storeOf("x0", 1), other);
        SimMember second = cluster.nodeAt("x1:1", "x1", SimCluster.storeOf("x1", 1), other, "n0:1", "x0:1");
        first.start();
        second.start();
        assertThat(cluster.untilTheyAgree(List.of(first, second), 5_000))
                .as(cluster::picture)
                .isTrue();
        cluster.world().runFor(5 * MINUTE);
        assertThat(SimCluster.agree(nodes) && SimCluster.agree(List.of(first, second)))
                .as(cluster::picture)
                .isTrue();
    }

    @Test
    void aNodeWhoseDataDirectoryGoesByAnotherNameIsLetInAgainUnderThat() {
        List<SimMember> nodes = formed(3);
        SimMember renamed = nodes.get(1);
        StoreId name = SimCluster.storeOf("n1", 2);
        renamed.membership().changeStore(name);
        cluster.world().runFor(MINUTE);
        for (SimMember node : List.of(nodes.get(0), nodes.get(2))) {
            assertThat(node.stateOf(renamed)).as(cluster::picture).isEqualTo(MemberState.ALIVE);
            assertThat(node.memberOf(renamed))
                    .isNotNull()
                    .extracting(Member::store)
                    .isEqualTo(name);
            assertThat(node.count(Kind.REPLACED, renamed)).isEqualTo(1);
        }
    }

    @Test
    void aSecondNodeOfTheSameNameIsRefusedAndTheFirstDoesNotNotice() {
        List<SimMember> nodes = formed(3);
        SimMember first = nodes.get(1);
        SimMember second = twinOf(first, "n0:1", "n2:1").start();
        cluster.world().runFor(5 * MINUTE);
        assertThat(second.membership().status().standing()).isInstanceOfSatisfying(Standing.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("duplicate_node");
            assertThat(refused.detail()).contains("n1", "n1:1", "twin:1", "node_id");
        });
        assertThat(SimCluster.agree(nodes)).as(cluster::picture).isTrue();
        assertThat(nodes.getFirst().events()).allMatch(event -> event.kind() == Kind.JOINED);
        assertThat(first.membership().status().standing()).isEqualTo(new Standing.Joined());
    }

    @Test
    void aSecondNodeOfTheSameNameIsLetInOnceTheFirstHasGone() {
        List<SimMember> nodes = formed(3);
        SimMember first = nodes.get(1);
        SimMember second = twinOf(first, "n0:1", "n2:1").start();
        cluster.world().runFor(MINUTE);
        first.host().kill();
        assertThat(cluster.untilTheyAgree(List.of(nodes.get(0), nodes.get(2), second), MINUTE))
                .as(cluster::picture)
                .isTrue();
        assertThat(second.membership().status().standing()).isEqualTo(new Standing.Joined());
        assertThat(nodes.getFirst().count(Kind.REPLACED, second)).isEqualTo(1);
    }

    @Test
    void anOldDiskThatComesBackDoesNotDriveOutTheNodeThatReplacedIt() {
        List<SimMember> nodes = formed(3);
        SimMember old = nodes.get(1).joinedAt(SimTime.EPOCH_MILLIS - 1_000_000);
        old.host().cutPower();
        SimMember replacement =
                twinOf(old, "n0:1").joinedAt(SimTime.EPOCH_MILLIS).start();
        List<SimMember> expected = List.of(nodes.get(0), nodes.get(2), replacement);
        assertThat(cluster.untilTheyAgree(expected, 30_000))
                .as(cluster::picture)
                .isTrue();
        old.start();
        cluster.world().runFor(5 * MINUTE);
        assertThat(old.membership().status().standing()).isInstanceOf(Standing.Refused.class);
        assertThat(SimCluster.agree(expected)).as(cluster::picture).isTrue();
    }

    @Test
    void theFirstNodeToldOfATwinRefusesItToo() {
        List<SimMember> nodes = formed(3);
        SimMember second = twinOf(nodes.get(1), "n1:1").start();
        cluster.world().runFor(MINUTE);
        assertThat(nodes.get(1).membership().status().rival())
                .as("shown to the people of the first")
                .hasValueSatisfying(rival -> assertThat(rival.address()).isEqualTo("twin:1"));
        assertThat(second.membership().status().standing()).isInstanceOf(Standing.Refused.class);
        assertThat(SimCluster.agree(nodes)).as(cluster::picture).isTrue();
    }

    @Test
    void aNodeWithAnEmptiedDiskIsLetInAtOnceAtItsOldAddress() {
        List<SimMember> nodes = formed(3);
        SimMember emptied = nodes.get(1);
        StoreId before = emptied.store();
        emptied.host().kill();
        emptied.emptyDisk().start();
        assertThat(cluster.untilTheyAgree(nodes, 5_000)).as(cluster::picture).isTrue();
        assertThat(nodes.getFirst().memberOf(emptied).store())
                .isEqualTo(emptied.store())
                .isNotEqualTo(before);
        assertThat(nodes.getFirst().count(Kind.REPLACED, emptied)).isEqualTo(1);
        cluster.world().runFor(5 * MINUTE);
        assertThat(SimCluster.agree(nodes)).as(cluster::picture).isTrue();
    }

    @Test
    void aNodeThatMovedIsLetInAsSoonAsItsOldPlaceIsKnownToBeEmpty() {
        List<SimMember> nodes = formed(4);
        SimMember old = nodes.get(1);
        old.host().cutPower();
        SimMember moved = cluster.nodeAt("n1-new:1", "n1", old.store(), SimCluster.IDENTITY, "n0:1")
                .start();
        List<SimMember> expected = List.of(nodes.get(0), nodes.get(2), nodes.get(3), moved);
        assertThat(cluster.untilTheyAgree(expected, 20_000))
                .as(cluster::picture)
                .isTrue();
    }

    @Test
    void aCopiedDataDirectoryIsRefused() {
        aCopyIsRefused(cluster);
    }

    static void aCopyIsRefused(SimCluster cluster) {
        List<SimMember> nodes = cluster.joined(3);
        assertThat(cluster.untilTheyAgree(nodes, 5_000)).as(cluster::picture).isTrue();
        SimMember copy = cluster.nodeAt("copy:1", "copy", nodes.get(2).store(), SimCluster.IDENTITY, "n0:1")
                .start();
        cluster.world().runFor(MINUTE);
        assertThat(copy.membership().status().standing())
                .isInstanceOfSatisfying(
                        Standing.Refused.class,
                        refused -> assertThat(refused.detail()).contains("must not be copied", "n2"));
        assertThat(SimCluster.agree(nodes)).as(cluster::picture).isTrue();
    }

    @Test
    void ofTwoNodesOfOneNameOnTwoSidesOfACutTheOlderStays() {
        List<SimMember> nodes = formed(5);
        SimMember older = nodes.get(1).joinedAt(SimTime.EPOCH_MILLIS);
        List<SimMember> left = nodes.subList(0, 2);
        List<SimMember> right = nodes.subList(2, 5);
        SimMember younger = twinOf(older, "n2:1", "n3:1").joinedAt(SimTime.EPOCH_MILLIS + 1);
        cluster.network().cutBoth(cluster.hosts(left), cluster.hosts(right));
        cluster.network().cutBoth(cluster.hosts(left), List.of(younger.host()));
        cluster.world().runFor(MINUTE);
        younger.start();
        List<SimMember> rightWithTwin = List.of(nodes.get(2), nodes.get(3), nodes.get(4), younger);
        assertThat(cluster.untilTheyAgree(rightWithTwin, MINUTE))
                .as("the cut hides the first: " + cluster.picture())
                .isTrue();
        cluster.network().heal();
        assertThat(cluster.untilTheyAgree(nodes, 2 * MINUTE))
                .as(cluster::picture)
                .isTrue();
        assertThat(younger.membership().status().standing())
                .isInstanceOfSatisfying(
                        Standing.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("duplicate_node"));
        assertThat(older.membership().status().standing()).isEqualTo(new Standing.Joined());
        assertThat(older.membership().status().rival())
                .hasValueSatisfying(rival -> assertThat(rival.address()).isEqualTo("twin:1"));
    }

    private SimMember twinOf(SimMember first, String... seeds) {
        return cluster.nodeAt("twin:1", first.id().value(), SimCluster.storeOf("twin", 1), SimCluster.IDENTITY, seeds);
    }

    private List<SimMember> formed(int count) {
        List<SimMember> nodes = cluster.joined(count);
        assertThat(cluster.untilTheyAgree(nodes, 5_000)).as(cluster::picture).isTrue();
        return nodes;
    }
}
