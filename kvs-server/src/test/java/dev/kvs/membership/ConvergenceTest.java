package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.membership.MemberEvent.Kind;
import dev.kvs.platform.SimRandomness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long news takes to reach everybody, in clusters of 10, 100 and 1,000. */
class ConvergenceTest {
    private static final int[] SIZES = {10, 100, 1_000};

    /** Far from anybody's gossip round, so that probes alone carry the news, one a second. */
    private static final long NEVER = 86_400_000;

    @Test
    void newsThatRidesOnProbesReachesAllInTimeThatGrowsLikeTheLogarithm() {
        List<Long> millis = new ArrayList<>();
        for (int size : SIZES) {
            millis.add(median(
                    IntStream.rangeClosed(1, size == 1_000 ? 2 : 5).mapToLong(seed -> changeOfMode(size, seed))));
        }
        System.out.println("A change of mode was known to all " + SIZES[0] + ", " + SIZES[1] + ", " + SIZES[2]
                + " nodes after " + millis + " ms");
        // Ten nodes probe three times a second, more nodes once.
        assertGrowsLikeLog(millis, 8);
    }

    @Test
    void exchangesOfListsAloneReachAllInRoundsThatGrowLikeTheLogarithm() {
        List<Long> rounds = new ArrayList<>();
        for (int size : SIZES) {
            rounds.add(median(IntStream.rangeClosed(1, 5).mapToLong(seed -> roundsOfGossip(size, seed))));
        }
        System.out.println("Gossip alone told all " + SIZES[0] + ", " + SIZES[1] + ", " + SIZES[2] + " nodes in "
                + rounds + " rounds");
        assertGrowsLikeLog(rounds, 3);
    }

    @Test
    void aFailureAmongAHundredNodesIsKnownToAllInSeconds() {
        SimCluster cluster = quiet(1);
        List<SimMember> nodes = cluster.acquainted(100);
        cluster.world().runFor(3_000);
        SimMember dead = nodes.get(42);
        dead.host().cutPower();
        long died = cluster.world().millis();
        assertThat(cluster.world()
                        .runUntil(
                                () -> cluster.members().stream()
                                        .filter(node -> node != dead)
                                        .allMatch(node -> node.count(Kind.FAILED, dead) == 1),
                                20_000))
                .as(cluster::picture)
                .isTrue();
        System.out.println("A failure among 100 nodes was known to all after "
                + (cluster.world().millis() - died) + " ms");
    }

    /** Ten times the nodes take the time of a few more rounds: from 100 to 1,000 the logarithm grows by half. */
    private static void assertGrowsLikeLog(List<Long> measured, int firstFactorMax) {
        long small = measured.get(0);
        long middle = measured.get(1);
        long large = measured.get(2);
        assertThat(middle).as("100 nodes against 10: %s", measured).isLessThanOrEqualTo(firstFactorMax * small);
        assertThat(large).as("1,000 nodes against 100: %s", measured).isLessThanOrEqualTo(5 * middle / 2);
    }

    private static long changeOfMode(int size, long seed) {
        SimCluster cluster = quiet(seed);
        List<SimMember> nodes = cluster.acquainted(size);
        cluster.world().runFor(2_000);
        SimMember changed = nodes.get(size / 2);
        changed.membership().changeMode("read-only");
        long changedAt = cluster.world().millis();
        List<SimMember> unaware = new ArrayList<>(nodes);
        while (!unaware.isEmpty() && cluster.world().millis() < changedAt + 60_000) {
            cluster.world().runFor(20);
            unaware.removeIf(node -> node == changed || node.count(Kind.CHANGED, changed) > 0);
        }
        assertThat(unaware).as("nodes without the news, seed %d", seed).isEmpty();
        return cluster.world().millis() - changedAt;
    }

    private static SimCluster quiet(long seed) {
        SimCluster cluster = new SimCluster(seed);
        cluster.settings(
                usual -> new MembershipSettings(List.of(), NEVER, NEVER, usual.probeIntervalMillis(), NEVER, NEVER));
        return cluster;
    }

    /** Push-pull exchanges as {@link Exchanges} draws them, each node once a round, counted until all have the news. */
    private static long roundsOfGossip(int size, long seed) {
        Draw draw = new Draw(new SimRandomness(seed));
        List<Integer> everybody = IntStream.range(0, size).boxed().toList();
        boolean[] aware = new boolean[size];
        aware[0] = true;
        long rounds = 0;
        for (int known = 1; known < size; rounds++) {
            for (int node : draw.shuffled(everybody)) {
                for (int partner : draw.some(everybody, 1 + draw.below(3))) {
                    boolean news = aware[node] || aware[partner];
                    aware[node] = news;
                    aware[partner] = news;
                }
            }
            known = (int) everybody.stream().filter(node -> aware[node]).count();
        }
        return rounds;
    }

    private static long median(LongStream values) {
        long[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
