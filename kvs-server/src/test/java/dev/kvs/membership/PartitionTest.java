package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.membership.MemberEvent.Kind;
import dev.kvs.platform.SimLink;
import dev.kvs.platform.SimRandomness;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cut cluster becomes one again by itself, however long it was cut. */
class PartitionTest {
    private static final long MINUTE = 60_000;

    @ParameterizedTest
    @CsvSource({
        "3, 1, 1",
        "6, 3, 1",
        "6, 1, 1",
        "20, 10, 1",
        "3, 1, 15",
        "6, 3, 15",
        "6, 1, 15",
        "20, 7, 15",
        "6, 3, 120"
    })
    void twoSidesFindEachOtherAgain(int size, int firstSide, int minutes) {
        int seeds = minutes > 1 ? 1 : 3; // Long cuts cost long runs.
        for (long seed = 1; seed <= seeds; seed++) {
            theyFindEachOtherAgain(formed(seed, size), firstSide, minutes);
        }
    }

    static void theyFindEachOtherAgain(SimCluster cluster, int firstSide, int minutes) {
        List<SimMember> nodes = List.copyOf(cluster.members());
        List<SimMember> one = nodes.subList(0, firstSide);
        List<SimMember> other = nodes.subList(firstSide, nodes.size());
        cluster.network().cutBoth(cluster.hosts(one), cluster.hosts(other));
        cluster.world().runFor(minutes * MINUTE);
        assertThat(SimCluster.agree(one) && SimCluster.agree(other))
                .as(cluster::picture)
                .isTrue();
        if (minutes >= 12) {
            assertThat(nodes.getFirst().membership().members())
                    .as("removed: " + cluster.picture())
                    .hasSize(firstSide);
        }
        cluster.network().heal();
        long healed = cluster.world().millis();
        assertThat(cluster.untilTheyAgree(nodes, MINUTE)).as(cluster::picture).isTrue();
        System.out.println(
                firstSide + " of " + nodes.size() + " cut off for " + minutes + " min, seed " + cluster.seed()
                        + ": one cluster again after " + (cluster.world().millis() - healed) + " ms");
    }

    @Test
    void whoIsOnTheOtherSideFailsInSecondsAndReturnsAsHimself() {
        SimCluster cluster = formed(1, 5);
        List<SimMember> nodes = List.copyOf(cluster.members());
        SimMember alone = nodes.getLast();
        cluster.network().cutBoth(cluster.hosts(nodes.subList(0, 4)), cluster.hosts(List.of(alone)));
        cluster.world().runFor(20_000);
        assertThat(nodes.getFirst().count(Kind.FAILED, alone)).isEqualTo(1);
        assertThat(alone.count(Kind.FAILED)).as(cluster::picture).isEqualTo(4);
        cluster.network().heal();
        assertThat(cluster.untilTheyAgree(nodes, MINUTE)).as(cluster::picture).isTrue();
        assertThat(nodes.getFirst().count(Kind.RETURNED, alone)).isEqualTo(1);
        assertThat(nodes.getFirst().count(Kind.FAILED)).as("nobody else").isEqualTo(1);
    }

    @Test
    void aCutThatComesAndGoesLeavesOneClusterInTheEnd() {
        SimCluster cluster = formed(3, 7);
        List<SimMember> nodes = List.copyOf(cluster.members());
        for (int i = 0; i < 30; i++) {
            cluster.network()
                    .cutBoth(cluster.hosts(nodes.subList(0, i % 6 + 1)), cluster.hosts(nodes.subList(i % 6 + 1, 7)));
            cluster.world().runFor(1_000 + i * 700L);
            cluster.network().heal();
            cluster.world().runFor(i * 300L);
        }
        assertThat(cluster.untilTheyAgree(nodes, MINUTE)).as(cluster::picture).isTrue();
    }

    @Test
    void noiseCrashesAndCutsInAnyOrderLeaveOneCluster() {
        for (long seed = 1; seed <= 3; seed++) {
            SimCluster cluster = formed(seed, 9);
            List<SimMember> nodes = List.copyOf(cluster.members());
            stir(cluster, nodes);
            assertThat(cluster.untilTheyAgree(nodes, 2 * MINUTE))
                    .as(cluster::picture)
                    .isTrue();
        }
    }

    @Test
    void theSameSeedMakesTheSameHistory() {
        assertThat(historyOf(1)).isEqualTo(historyOf(1)).isNotEqualTo(historyOf(2));
    }

    private static long historyOf(long seed) {
        SimCluster cluster = formed(seed, 9);
        stir(cluster, List.copyOf(cluster.members()));
        return cluster.network().trace().hash();
    }

    /** Ten minutes in which everything goes wrong; then all machines run and the network is quiet. */
    private static void stir(SimCluster cluster, List<SimMember> nodes) {
        var chance = new SimRandomness(cluster.seed()).fork("stirring");
        cluster.network()
                .everyLink(SimLink.lan()
                        .losing(0.05)
                        .duplicating(0.05)
                        .reordering(0.1, 2_000)
                        .delaying(200, 40_000));
        for (int i = 0; i < 60; i++) {
            SimMember node = nodes.get((int) chance.between(0, nodes.size() - 1));
            switch ((int) chance.between(0, 6)) {
                case 0 -> node.host().kill();
                case 1 -> node.host().cutPower();
                case 2 -> node.host().jumpClock(chance.between(-3_600_000, 3_600_000));
                case 3 -> node.host().pause(chance.between(0, 30_000));
                case 4 -> node.host().slow(0, chance.between(0, 1) * 500);
                case 5 -> {
                    int side = (int) chance.between(1, nodes.size() - 1);
                    cluster.network()
                            .cut(
                                    cluster.hosts(nodes.subList(0, side)),
                                    cluster.hosts(nodes.subList(side, nodes.size())));
                }
                default -> cluster.network().heal();
            }
            cluster.world().runFor(chance.between(0, 20_000));
            nodes.stream()
                    .filter(each -> !each.host().isUp() && chance.chance(0.3))
                    .forEach(SimMember::start);
        }
        cluster.network().heal();
        cluster.network().everyLink(SimLink.lan());
        nodes.forEach(node -> node.host().slow(0, 0));
        nodes.stream().filter(node -> !node.host().isUp()).forEach(SimMember::start);
    }

    private static SimCluster formed(long seed, int size) {
        SimCluster cluster = new SimCluster(seed);
        assertThat(cluster.untilTheyAgree(cluster.joined(size), 10_000))
                .as(cluster::picture)
                .isTrue();
        return cluster;
    }
}
