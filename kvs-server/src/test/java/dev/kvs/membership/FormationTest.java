package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.membership.MemberEvent.Kind;
import dev.kvs.platform.SimLink;
import dev.kvs.platform.SimTime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes find each other, say what they do, and part. */
class FormationTest {
    private static final long MINUTE = 60_000;

    private final SimCluster cluster = new SimCluster(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void threeNodesStartedWithinASecondFormWithinThree(long seed) {
        SimCluster started = new SimCluster(seed);
        SimMember last = started.node("n2", "n0:1", "n1:1").start();
        started.world().runFor(500);
        SimMember middle = started.node("n1", "n0:1").start();
        started.world().runFor(500);
        SimMember founder = started.node("n0").start();
        assertThat(started.untilTheyAgree(List.of(founder, middle, last), 2_000))
                .as(started::picture)
                .isTrue();
    }

    @Test
    void aNodeWhoseSeedIsNotUpKeepsTryingAndSaysSo() {
        SimMember early = cluster.node("n1", "n0:1").start();
        cluster.world().runFor(10 * MINUTE);
        assertThat(early.membership().status().standing()).isInstanceOfSatisfying(Standing.Joining.class, joining -> {
            assertThat(joining.attempts()).isBetween(120, 300);
            assertThat(joining.problem()).contains("n0:1");
        });
        SimMember late = cluster.node("n0").start();
        assertThat(cluster.untilTheyAgree(List.of(early, late), 6_000))
                .as(cluster::picture)
                .isTrue();
        assertThat(early.membership().status().standing()).isEqualTo(new Standing.Joined());
    }

    @Test
    void anyOneSeedIsEnough() {
        SimMember founder = cluster.node("n0").start();
        SimMember other =
                cluster.node("n1", "gone:1", "dark:1", "n0:1", "nowhere:1").start();
        cluster.network().host("dark:1").cutPower();
        assertThat(cluster.untilTheyAgree(List.of(founder, other), 3_000))
                .as(cluster::picture)
                .isTrue();
    }

    @Test
    void everyNodeMayHaveTheSameListOfSeedsWithItselfInIt() {
        String[] seeds = {"n0:1", "n1:1", "n2:1"};
        List<SimMember> nodes =
                List.of(cluster.node("n0", seeds), cluster.node("n1", seeds), cluster.node("n2", seeds));
        nodes.forEach(SimMember::start);
        assertThat(cluster.untilTheyAgree(nodes, 3_000)).as(cluster::picture).isTrue();
    }

    @Test
    void aNodeWithoutOtherSeedsIsAFounder() {
        assertThat(cluster.node("n0").start().membership().status().standing()).isEqualTo(new Standing.Founder());
        assertThat(cluster.node("n1", "n1:1").start().membership().status().standing())
                .isEqualTo(new Standing.Founder());
    }

    @Test
    void fiftyNodesFormThroughOneSeedEvenWithLoss() {
        cluster.network().everyLink(SimLink.lan().losing(0.05));
        List<SimMember> nodes = cluster.joined(50);
        assertThat(cluster.untilTheyAgree(nodes, 90_000)).as(cluster::picture).isTrue();
        System.out.println("50 nodes through one seed at 5 % loss: formed in "
                + cluster.world().millis() + " ms");
    }

    @Test
    void aNodeThatLeavesIsNotTakenForFailedAndIsForgottenInTheEnd() {
        List<SimMember> nodes = formed(5);
        SimMember leaver = nodes.getLast();
        var goodbye = leaver.membership().leave();
        cluster.world().runFor(1_500);
        assertThat(goodbye).isCompleted();
        assertThat(leaver.membership().status().standing()).isEqualTo(new Standing.Left());
        leaver.membership().close();
        leaver.host().kill();
        List<SimMember> rest = nodes.subList(0, 4);
        cluster.world().runFor(2 * MINUTE);
        assertThat(rest).allSatisfy(node -> {
            assertThat(node.stateOf(leaver)).isEqualTo(MemberState.LEFT);
            assertThat(node.count(Kind.LEFT, leaver)).isEqualTo(1);
            assertThat(node.count(Kind.FAILED)).isZero();
            assertThat(node.count(Kind.SUSPECTED)).isZero();
        });
        cluster.world().runFor(9 * MINUTE);
        assertThat(rest).allSatisfy(node -> assertThat(node.stateOf(leaver)).isNull());
    }

    @Test
    void aNodeThatLeftComesBack() {
        List<SimMember> nodes = formed(3);
        SimMember leaver = nodes.getLast();
        leaver.membership().leave();
        cluster.world().runFor(2_000);
        leaver.host().kill();
        cluster.world().runFor(MINUTE);
        leaver.start();
        assertThat(cluster.untilTheyAgree(nodes, 5_000)).as(cluster::picture).isTrue();
        assertThat(nodes.getFirst().count(Kind.RETURNED, leaver)).isEqualTo(1);
        leaver.membership().leave();
        cluster.world().runFor(2_000);
        leaver.membership().join();
        assertThat(cluster.untilTheyAgree(nodes, 5_000))
                .as("the same process: " + cluster.picture())
                .isTrue();
    }

    @Test
    void aNodeRestartedAtOnceIsMissedByNobodyAndKeepsItsDateOfJoining() {
        List<SimMember> nodes = formed(3);
        SimMember restarted = nodes.getLast();
        restarted.joinedAt(SimTime.EPOCH_MILLIS - 77);
        restarted.host().kill();
        restarted.start();
        cluster.world().runFor(MINUTE);
        assertThat(SimCluster.agree(nodes)).as(cluster::picture).isTrue();
        for (SimMember other : nodes.subList(0, 2)) {
            assertThat(other.count(Kind.FAILED)).as(cluster::picture).isZero();
            assertThat(other.memberOf(restarted)).isEqualTo(restarted.memberOf(restarted));
            assertThat(other.memberOf(restarted).joinedMillis()).isEqualTo(SimTime.EPOCH_MILLIS - 77);
        }
    }

    @Test
    void aChangeOfModeIsKnownToAllWithinSeconds() {
        aChangeSpreads(cluster);
    }

    static void aChangeSpreads(SimCluster cluster) {
        // So many that in the time given hardly any hears it from the node itself.
        List<SimMember> nodes = cluster.acquainted(40);
        SimMember changed = nodes.get(3);
        changed.membership().changeMode("read-only");
        cluster.world().runFor(7_000);
        for (SimMember node : nodes) {
            assertThat(node.memberOf(changed).mode()).as(cluster::picture).isEqualTo("read-only");
        }
        assertThat(nodes.getFirst().count(Kind.CHANGED, changed)).isEqualTo(1);
        changed.membership().changeMode("read-only");
        assertThat(changed.memberOf(changed).incarnation())
                .as("the same mode is no change")
                .isEqualTo(2);
    }

    @Test
    void everyMembersAttachmentReachesEveryOther() {
        List<SimMember> nodes = formed(4);
        nodes.forEach(node -> node.attach(node.id().value().getBytes(StandardCharsets.UTF_8)));
        cluster.world().runFor(3_000);
        for (SimMember node : nodes) {
            assertThat(node.received()).hasSize(3);
            node.received()
                    .forEach((from, bytes) ->
                            assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo(from));
        }
    }

    @Test
    void anAttachmentMayHaveItsFullLength() {
        List<SimMember> nodes = formed(2);
        nodes.forEach(node -> node.attach(new byte[Attachment.BYTES_MAX]));
        cluster.world().runFor(3 * MINUTE);
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.received().values())
                        .singleElement()
                        .satisfies(bytes -> assertThat(bytes).hasSize(Attachment.BYTES_MAX)));
        assertThat(SimCluster.agree(nodes)).as(cluster::picture).isTrue();
    }

    @Test
    void theViewSaysWhenAMemberWasLastSeen() {
        List<SimMember> nodes = formed(3);
        nodes.getLast().host().kill();
        long killed = nodes.getFirst().host().time().epochMillis();
        cluster.world().runFor(MINUTE);
        assertThat(nodes.getFirst().membership().members())
                .hasSize(3)
                .satisfiesExactly(
                        self -> assertThat(self.self()).isTrue(),
                        alive -> assertThat(alive.lastSeenMillis()).isBetween(killed + MINUTE - 1_100, killed + MINUTE),
                        dead -> assertThat(dead.lastSeenMillis()).isBetween(killed - 1_100, killed));
    }

    private List<SimMember> formed(int count) {
        List<SimMember> nodes = cluster.joined(count);
        assertThat(cluster.untilTheyAgree(nodes, 5_000)).as(cluster::picture).isTrue();
        return nodes;
    }
}
