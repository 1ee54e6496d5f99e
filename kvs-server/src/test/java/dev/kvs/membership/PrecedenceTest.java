package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.NodeId;
import dev.kvs.platform.SimRandomness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which claim wins: by a table, and by the laws that make merging agree on every node. */
class PrecedenceTest {
    private static final long SEED = 5;

    @ParameterizedTest
    @CsvSource({
        // known, claimed, wins
        "1 ALIVE,   1 SUSPECT, claimed",
        "1 ALIVE,   1 FAILED,  claimed",
        "1 ALIVE,   1 LEFT,    claimed",
        "1 SUSPECT, 1 ALIVE,   known",
        "1 SUSPECT, 1 FAILED,  claimed",
        "1 FAILED,  1 ALIVE,   known",
        "1 FAILED,  1 SUSPECT, known",
        "1 LEFT,    1 FAILED,  known",
        "1 SUSPECT, 2 ALIVE,   claimed",
        "1 FAILED,  2 ALIVE,   claimed",
        "1 LEFT,    2 ALIVE,   claimed",
        "2 ALIVE,   1 SUSPECT, known",
        "2 ALIVE,   1 FAILED,  known",
        "2 ALIVE,   1 LEFT,    known",
        "2 SUSPECT, 1 FAILED,  known",
        "1 ALIVE,   1 ALIVE,   known",
    })
    void theHigherIncarnationWinsAndThenTheWorseState(String known, String claimed, String winner) {
        boolean news = Precedence.ORDER.compare(member(claimed), member(known)) > 0;
        assertThat(news).isEqualTo(winner.equals("claimed"));
    }

    @Test
    void mergingIsCommutativeAssociativeAndIdempotent() {
        SimRandomness chance = new SimRandomness(SEED);
        List<Member> claims = Stream.generate(() -> any(chance)).limit(60).toList();
        for (Member a : claims) {
            assertThat(merge(a, a)).isEqualTo(a);
            for (Member b : claims) {
                assertThat(merge(a, b)).as("seed %d: %s, %s", SEED, a, b).isEqualTo(merge(b, a));
                for (Member c : claims) {
                    assertThat(merge(merge(a, b), c)).as("seed %d", SEED).isEqualTo(merge(a, merge(b, c)));
                }
            }
        }
    }

    @Test
    void claimsLeaveTheSameMemberInWhateverOrderTheyAreHeard() {
        SimRandomness chance = new SimRandomness(SEED);
        Draw draw = new Draw(chance);
        List<Member> claims =
                new ArrayList<>(Stream.generate(() -> any(chance)).limit(50).toList());
        Member expected = claims.stream().max(Precedence.ORDER).orElseThrow();
        for (int round = 0; round < 1_000; round++) {
            assertThat(draw.shuffled(claims).stream().reduce(PrecedenceTest::merge))
                    .as("seed %d", SEED)
                    .contains(expected);
        }
    }

    @Test
    void theOrderTellsEverythingApart() {
        SimRandomness chance = new SimRandomness(SEED);
        for (int i = 0; i < 20_000; i++) {
            Member a = any(chance);
            Member b = any(chance);
            assertThat(Precedence.ORDER.compare(a, b) == 0)
                    .as("seed %d: %s, %s", SEED, a, b)
                    .isEqualTo(a.equals(b));
        }
    }

    @Test
    void anIncarnationFarAboveTheKnownOneIsNotBelieved() {
        Member known = member("7 ALIVE");
        assertThat(Precedence.isPlausible(known, known.at(7 + Precedence.LEAP_MAX)))
                .isTrue();
        assertThat(Precedence.isPlausible(known, known.at(8 + Precedence.LEAP_MAX)))
                .isFalse();
    }

    private static Member merge(Member one, Member other) {
        return Stream.of(one, other)
                .max(Comparator.nullsFirst(Precedence.ORDER))
                .orElseThrow();
    }

    private static Member member(String text) {
        String[] parts = text.split(" ");
        return Stranger.member("n", "n:1").at(Long.parseLong(parts[0])).in(MemberState.valueOf(parts[1]));
    }

    /** From so few values that most pairs share some. */
    private static Member any(SimRandomness chance) {
        return new Member(
                new NodeId("n"),
                "n:" + chance.between(1, 2),
                SimCluster.storeOf("n", (int) chance.between(1, 2)),
                chance.between(1, 3),
                MemberState.values()[(int) chance.between(0, 3)],
                chance.between(0, 1),
                chance.chance(0.5) ? "normal" : "syncing",
                chance.chance(0.5) ? "1.0.0" : "1.0.1",
                (int) chance.between(1, 2));
    }
}
