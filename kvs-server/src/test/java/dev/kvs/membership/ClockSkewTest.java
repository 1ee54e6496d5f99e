package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.NodeId;
import dev.kvs.platform.SimLink;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a node's clock is from its peers'. */
class ClockSkewTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final Set<NodeId> ALL = Set.of(A, B, C);

    private final ClockSkew skew = new ClockSkew();

    @Test
    void nothingIsKnownBeforeAnybodyHasAnswered() {
        assertThat(skew.aheadMillis(ALL, 1_000, 50)).isEmpty();
    }

    @Test
    void theMiddleOfTheRoundTripIsWhenThePeerLookedAtItsClock() {
        skew.sample(A, 100_010, 0, 20);
        assertThat(skew.aheadMillis(ALL, 100_000, 0)).hasValue(0);
        assertThat(skew.aheadMillis(ALL, 107_000, 0)).hasValue(7_000);
    }

    @Test
    void theMedianIgnoresOneWrongClock() {
        skew.sample(A, 1_000_000, 0, 0);
        skew.sample(B, 1_000_100, 0, 0);
        skew.sample(C, 9_000_000, 0, 0);
        assertThat(skew.aheadMillis(ALL, 1_000_000, 0)).hasValue(-100);
        assertThat(skew.aheadMillis(Set.of(A, C), 1_000_000, 0))
                .as("only living peers count")
                .hasValue(-8_000_000);
    }

    @Test
    void theQuickestOfTheLastAnswersCounts() {
        skew.sample(A, 1_000_000, 0, 2);
        for (int i = 1; i < 8; i++) {
            skew.sample(A, 1_000_000, 0, 1_000);
        }
        assertThat(skew.aheadMillis(ALL, 999_999, 0)).hasValue(0);
        skew.sample(A, 1_000_000, 0, 1_000);
        assertThat(skew.aheadMillis(ALL, 999_999, 0))
                .as("the quick one is forgotten")
                .hasValue(499);
    }

    @Test
    void anAnswerThatTookTooLongSaysNothing() {
        skew.sample(A, 5, 0, 2_001);
        assertThat(skew.aheadMillis(ALL, 0, 0)).isEmpty();
    }

    @Test
    void aPeerThatIsGoneIsForgotten() {
        skew.sample(A, 5, 0, 0);
        skew.retain(Set.of(B));
        assertThat(skew.aheadMillis(ALL, 0, 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, -20_000, 0, 15_000, 3_600_000})
    void aNodeWhoseClockJumpsKnowsItAtOnceAndTheOthersStayRight(long jump) {
        SimCluster cluster = new SimCluster(1);
        cluster.network().everyLink(SimLink.lan().delaying(100, 20_000).losing(0.02));
        List<SimMember> nodes = cluster.joined(5);
        assertThat(cluster.untilTheyAgree(nodes, 20_000)).as(cluster::picture).isTrue();
        cluster.world().runFor(10_000);
        nodes.getLast().host().jumpClock(jump);
        assertThat(aheadOf(nodes.getLast())).isBetween(jump - 20, jump + 20);
        cluster.world().runFor(60_000);
        assertThat(aheadOf(nodes.getLast())).isBetween(jump - 20, jump + 20);
        assertThat(nodes.subList(0, 4))
                .allSatisfy(node -> assertThat(aheadOf(node)).isBetween(-20L, 20L));
        assertThat(nodes)
                .allSatisfy(
                        node -> assertThat(node.count(MemberEvent.Kind.FAILED)).isZero());
    }

    private static long aheadOf(SimMember node) {
        return node.membership().status().clockAheadMillis().orElseThrow();
    }
}
