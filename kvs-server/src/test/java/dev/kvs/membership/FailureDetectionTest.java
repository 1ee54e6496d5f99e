package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.membership.MemberEvent.Kind;
import dev.kvs.platform.SimFault;
import dev.kvs.platform.SimHost;
import dev.kvs.platform.SimLink;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dead are found in seconds, and the living are left alone. */
class FailureDetectionTest {
    private static final long MINUTE = 60_000;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 7, 10})
    void aDeadNodeIsKnownToAllWithinFiveSeconds(int size) {
        long slowest = 0;
        for (long seed = 1; seed <= 10; seed++) {
            slowest = Math.max(slowest, timeToFail(size, seed, SimHost::kill));
            slowest = Math.max(slowest, timeToFail(size, seed, SimHost::cutPower));
        }
        System.out.println(
                size + " nodes: a failure was known to all within " + slowest + " ms, in the worst of 20 runs");
    }

    private static long timeToFail(int size, long seed, Consumer<SimHost> death) {
        SimCluster cluster = new SimCluster(seed);
        List<SimMember> nodes = cluster.joined(size);
        assertThat(cluster.untilTheyAgree(nodes, 5_000)).as(cluster::picture).isTrue();
        // At any moment of the probe interval.
        cluster.world().runFor(5_000 + seed * 137 % 1_000);
        SimMember dead = nodes.get((int) (seed % size));
        List<SimMember> rest = nodes.stream().filter(node -> node != dead).toList();
        long died = cluster.world().millis();
        death.accept(dead.host());
        boolean known = cluster.world()
                .runUntil(() -> rest.stream().allMatch(node -> node.count(Kind.FAILED, dead) == 1), 5_000);
        assertThat(known).as(cluster::picture).isTrue();
        return cluster.world().millis() - died;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noLiveNodeFailsInAnHourOfFiftyNodesAtFivePercentLoss(long seed) {
        nobodyFails(new SimCluster(seed), 50, 0.05, 60);
    }

    static void nobodyFails(SimCluster cluster, int size, double loss, int minutes) {
        List<SimMember> nodes = cluster.acquainted(size);
        cluster.network().everyLink(SimLink.lan().losing(loss));
        cluster.world().runFor(minutes * MINUTE);
        long suspicions = sum(nodes, Kind.SUSPECTED);
        System.out.println(
                minutes + " minutes of " + size + " nodes that lose " + loss + ", seed " + cluster.seed() + ": "
                        + suspicions / (size - 1) + " suspicions, "
                        + cluster.network().trace().count(SimFault.LOST)
                        + " messages lost");
        assertThat(sum(nodes, Kind.FAILED)).as(cluster::picture).isZero();
        assertThat(suspicions)
                .as("suspicions that had to be refuted, seed %d", cluster.seed())
                .isPositive();
        assertThat(cluster.network().trace().count(SimFault.LOST)).isGreaterThan(minutes * 100L);
        cluster.network().everyLink(SimLink.lan());
        assertThat(cluster.untilTheyAgree(nodes, 30_000)).as(cluster::picture).isTrue();
    }

    @Test
    void aFailedNodeIsTakenOffTheListAfterTenMinutesOfSilence() {
        SimCluster cluster = formed(1, 5);
        List<SimMember> nodes = List.copyOf(cluster.members());
        SimMember dead = nodes.getLast();
        dead.host().cutPower();
        cluster.world().runFor(9 * MINUTE + 50_000);
        List<SimMember> rest = nodes.subList(0, 4);
        assertThat(rest).allSatisfy(node -> assertThat(node.stateOf(dead)).isEqualTo(MemberState.FAILED));
        cluster.world().runFor(30_000);
        assertThat(rest).allSatisfy(node -> {
            assertThat(node.stateOf(dead)).as(cluster::picture).isNull();
            assertThat(node.count(Kind.REMOVED, dead)).isEqualTo(1);
        });
        cluster.world().runFor(5 * MINUTE);
        assertThat(rest)
                .allSatisfy(node -> assertThat(node.membership().members()).hasSize(4));
    }

    @Test
    void whoIsSilentForFiveMinutesHasFailedWhateverTheFastDetectorThinks() {
        SimCluster cluster = new SimCluster(1);
        // A probe interval so long that a suspicion alone would outlast the bound.
        cluster.settings(usual -> new MembershipSettings(
                usual.seeds(), usual.gossipMinMillis(), usual.gossipMaxMillis(), 30_000, 300_000, 600_000));
        List<SimMember> nodes = cluster.acquainted(50);
        cluster.world().runFor(MINUTE);
        SimMember dead = nodes.getLast();
        dead.host().cutPower();
        cluster.world().runFor(11 * MINUTE / 2 + 30_000);
        assertThat(nodes.subList(0, 49))
                .allSatisfy(node ->
                        assertThat(node.stateOf(dead)).as(cluster::picture).isEqualTo(MemberState.FAILED));
    }

    @Test
    void aNodeThatStoodStillBlamesNobodyElse() {
        SimCluster cluster = formed(1, 5);
        List<SimMember> nodes = List.copyOf(cluster.members());
        SimMember sleeper = nodes.get(2);
        sleeper.host().pause(20 * MINUTE);
        cluster.world().runFor(21 * MINUTE);
        assertThat(sleeper.count(Kind.FAILED)).as(cluster::picture).isZero();
        assertThat(sleeper.count(Kind.REMOVED)).isZero();
        assertThat(cluster.untilTheyAgree(nodes, MINUTE)).as(cluster::picture).isTrue();
        assertThat(nodes.getFirst().count(Kind.FAILED, sleeper)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"100, 300", "300, 900"})
    void aSlowNodeDoesNotFail(long minMillis, long maxMillis) {
        SimCluster cluster = formed(1, 5);
        List<SimMember> nodes = List.copyOf(cluster.members());
        nodes.get(2).host().slow(minMillis, maxMillis);
        cluster.world().runFor(30 * MINUTE);
        assertThat(sum(nodes, Kind.FAILED)).as(cluster::picture).isZero();
        assertThat(cluster.network().trace().count(SimFault.SLOWED)).isGreaterThan(1_000);
    }

    @Test
    void aNodeThatSlowlyDoesEverythingTrustsItsOwnSensesLess() {
        SimCluster cluster = formed(1, 5);
        SimMember slow = List.copyOf(cluster.members()).get(2);
        slow.host().slow(400, 1_200);
        int worst = 0;
        for (int second = 0; second < 60; second++) {
            cluster.world().runFor(1_000);
            worst = Math.max(worst, slow.membership().status().awareness());
        }
        assertThat(worst).as(cluster::picture).isPositive();
        slow.host().slow(0, 0);
        cluster.world().runFor(MINUTE);
        assertThat(slow.membership().status().awareness()).isZero();
    }

    @Test
    void aBrokenWayBetweenTwoIsBridgedByTheOthers() {
        aBrokenWayIsBridged(new SimCluster(1));
    }

    static void aBrokenWayIsBridged(SimCluster cluster) {
        List<SimMember> nodes = cluster.joined(5);
        assertThat(cluster.untilTheyAgree(nodes, 5_000)).as(cluster::picture).isTrue();
        cluster.network().cutBoth(cluster.hosts(nodes.subList(1, 2)), cluster.hosts(nodes.subList(2, 3)));
        cluster.world().runFor(30 * MINUTE);
        assertThat(cluster.network().trace().count(SimFault.CUT)).isGreaterThan(100);
        assertThat(sum(nodes, Kind.FAILED)).as(cluster::picture).isZero();
        assertThat(sum(nodes, Kind.SUSPECTED)).as(cluster::picture).isZero();
    }

    @Test
    void aNodeThatCanSpeakButNotHearTakesNobodyWithIt() {
        SimCluster cluster = formed(1, 8);
        List<SimMember> nodes = List.copyOf(cluster.members());
        List<SimMember> rest = nodes.subList(0, 7);
        cluster.network().cut(cluster.hosts(rest), cluster.hosts(nodes.subList(7, 8)));
        cluster.world().runFor(5 * MINUTE);
        for (SimMember node : rest) {
            assertThat(node.events()).as(cluster::picture).allSatisfy(event -> {
                if (event.kind() == Kind.FAILED) {
                    assertThat(event.member().id()).isEqualTo(nodes.getLast().id());
                }
            });
        }
        cluster.network().heal();
        assertThat(cluster.untilTheyAgree(nodes, MINUTE)).as(cluster::picture).isTrue();
    }

    private static SimCluster formed(long seed, int size) {
        SimCluster cluster = new SimCluster(seed);
        assertThat(cluster.untilTheyAgree(cluster.joined(size), 5_000))
                .as(cluster::picture)
                .isTrue();
        return cluster;
    }

    private static long sum(List<SimMember> nodes, Kind kind) {
        return nodes.stream().mapToLong(node -> node.count(kind)).sum();
    }
}
