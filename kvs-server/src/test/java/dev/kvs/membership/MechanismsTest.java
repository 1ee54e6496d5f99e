package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kvs.model.NodeId;
import dev.kvs.platform.SimRandomness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small pure pieces, each by itself. */
class MechanismsTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    @Test
    void anUnconfirmedSuspicionLastsLongAndEachConfirmationShortensItLess() {
        Suspicion doubt = new Suspicion(1_000, 2, 2_000, 8_000, A);
        assertThat(doubt.deadline()).isEqualTo(9_000);
        assertThat(doubt.confirm(B)).isTrue();
        assertThat(doubt.deadline()).isCloseTo(1_000 + 8_000 - 3_786, within(1L));
        assertThat(doubt.confirm(C)).isTrue();
        assertThat(doubt.deadline()).isEqualTo(3_000);
    }

    @Test
    void theSameAccuserCountsOnceAndThereAreEnoughAtSomePoint() {
        Suspicion doubt = new Suspicion(0, 1, 2_000, 8_000, A);
        assertThat(doubt.confirm(A)).isFalse();
        assertThat(doubt.confirm(B)).isTrue();
        assertThat(doubt.confirm(C)).isFalse();
        assertThat(doubt.deadline()).isEqualTo(2_000);
    }

    @Test
    void whereNobodyCouldConfirmASuspicionIsShortFromTheBeginning() {
        Suspicion doubt = new Suspicion(500, 0, 2_000, 8_000, A);
        assertThat(doubt.deadline()).isEqualTo(2_500);
        doubt.postpone(10_000);
        assertThat(doubt.deadline()).isEqualTo(12_500);
    }

    @Test
    void awarenessStretchesTimesUpToEightfoldAndRelaxes() {
        Awareness awareness = new Awareness();
        awareness.improve();
        assertThat(awareness.scaled(1_000)).isEqualTo(1_000);
        awareness.worsen();
        assertThat(awareness.scaled(1_000)).isEqualTo(2_000);
        IntStream.range(0, 100).forEach(_ -> awareness.worsen());
        assertThat(awareness.scaled(1_000)).isEqualTo(8_000);
        IntStream.range(0, 7).forEach(_ -> awareness.improve());
        assertThat(awareness.score()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "9, 8", "10, 16", "99, 16", "100, 24", "999, 24", "1000, 32", "4096, 32"})
    void newsGoesOutAsOftenAsTheLogarithmOfTheClusterAsks(int members, int times) {
        assertThat(BroadcastQueue.retransmitLimit(members)).isEqualTo(times);
        BroadcastQueue queue = new BroadcastQueue();
        queue.add(news("x", 1));
        int sent = 0;
        while (!queue.take(5, members).isEmpty()) {
            sent++;
        }
        assertThat(sent).isEqualTo(times);
        assertThat(queue.size()).isZero();
    }

    @Test
    void newsSentLeastOftenGoesFirst() {
        BroadcastQueue queue = new BroadcastQueue();
        queue.add(news("old", 1));
        assertThat(queue.take(1, 9)).containsExactly(news("old", 1));
        queue.add(news("new", 1));
        assertThat(queue.take(1, 9)).containsExactly(news("new", 1));
        assertThat(queue.take(2, 9)).containsExactly(news("old", 1), news("new", 1));
    }

    @Test
    void aNewerClaimTakesThePlaceOfTheOlderAndBeginsAnew() {
        BroadcastQueue queue = new BroadcastQueue();
        queue.add(news("x", 1));
        queue.take(1, 9);
        queue.add(news("x", 2));
        assertThat(queue.size()).isEqualTo(1);
        List<Claim> sent = new ArrayList<>();
        IntStream.range(0, 10).forEach(_ -> sent.addAll(queue.take(3, 9)));
        assertThat(sent).hasSize(8).containsOnly(news("x", 2));
    }

    @Test
    void everyPieceOfAManyIsSentEquallyOften() {
        BroadcastQueue queue = new BroadcastQueue();
        IntStream.range(0, 100).forEach(i -> queue.add(news("n" + i, 1)));
        Map<Claim, Integer> times = new HashMap<>();
        for (List<Claim> taken = queue.take(16, 100); !taken.isEmpty(); taken = queue.take(16, 100)) {
            assertThat(new HashSet<>(taken)).as("no piece twice in a message").hasSize(taken.size());
            taken.forEach(claim -> times.merge(claim, 1, Integer::sum));
        }
        assertThat(times).hasSize(100);
        assertThat(times.values()).containsOnly(BroadcastQueue.retransmitLimit(100));
    }

    @Test
    void everybodyIsProbedOnceARoundInAnOrderThatChanges() {
        MemberList list = listOf(50);
        ProbeSchedule schedule = new ProbeSchedule(list, new Draw(new SimRandomness(3)));
        List<List<Peer>> rounds = IntStream.range(0, 5)
                .mapToObj(_ -> IntStream.range(0, 10)
                        .boxed()
                        .flatMap(_ -> schedule.next(5, _ -> true).stream())
                        .toList())
                .toList();
        assertThat(rounds).allSatisfy(round -> assertThat(new HashSet<>(round)).hasSize(50));
        assertThat(new HashSet<>(rounds)).hasSize(5);
    }

    @Test
    void nobodyIsChosenTwiceAtOnceOrWhenUnwanted() {
        MemberList list = listOf(4);
        ProbeSchedule schedule = new ProbeSchedule(list, new Draw(new SimRandomness(3)));
        Peer unwanted = list.all().iterator().next();
        for (int i = 0; i < 20; i++) {
            List<Peer> chosen = schedule.next(10, peer -> peer != unwanted);
            assertThat(chosen).doesNotHaveDuplicates().doesNotContain(unwanted).hasSizeBetween(2, 3);
        }
        assertThat(new ProbeSchedule(new MemberList(), new Draw(new SimRandomness(3))).next(3, _ -> true))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "9, 3", "10, 2", "19, 2", "20, 1", "150, 1", "151, 2", "999, 7", "4095, 28"})
    void aRoundOfProbesNeverTakesLongerThanHalfTheFailureTimeout(int others, int probes) {
        ProbeSchedule schedule = new ProbeSchedule(listOf(others), new Draw(new SimRandomness(3)));
        assertThat(schedule.probesPerTick(150)).isEqualTo(probes);
    }

    @Test
    void drawsStayWithinTheirBoundsAndReachBoth() {
        Draw draw = new Draw(new SimRandomness(9));
        Set<Long> seen = new HashSet<>();
        IntStream.range(0, 1_000).forEach(_ -> seen.add(draw.between(-2, 2)));
        assertThat(seen).containsExactlyInAnyOrder(-2L, -1L, 0L, 1L, 2L);
        assertThat(draw.some(List.of(1, 2, 3), 5)).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(draw.some(List.of(), 5)).isEmpty();
    }

    @Test
    void aFullListTakesNobodyMore() {
        MemberList list = listOf(Message.MEMBERS_MAX - 2);
        assertThat(list.hasRoom()).isTrue();
        list.put(new Peer(Stranger.member("last", "last:1"), 0));
        assertThat(list.hasRoom()).isFalse();
    }

    private static MemberList listOf(int count) {
        MemberList list = new MemberList();
        IntStream.range(0, count).forEach(i -> list.put(new Peer(Stranger.member("n" + i, "n" + i + ":1"), 0)));
        return list;
    }

    private static Claim news(String name, long incarnation) {
        return Claim.of(Stranger.member(name, name + ":1").at(incarnation));
    }
}
