package dev.kvs.replication.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Conflict.Ballot;
import dev.kvs.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    @ParameterizedTest(name = "{0} of {1} members: {2}")
    @CsvSource({
        "A,      1, A",
        "A,      2, -",
        "AB,     2, -",
        "AA,     2, A",
        "ABB,    3, B",
        "AB-,    3, -",
        "A--,    3, -",
        "BB-,    3, B",
        "BB,     4, -",
        "BBA,    4, B",
        "AAB,    5, A",
        "AABB-,  5, -",
        "x,      1, -",
        "ABBx,   4, B"
    })
    void moreThanHalfOfTheMembersMustChooseAndOneMustHaveMore(String votes, int members, String winner) {
        List<Ballot> ballots = new ArrayList<>();
        for (int i = 0; i < votes.length(); i++) {
            ballots.add(new Ballot(new NodeId("n" + i), choice(votes.charAt(i))));
        }
        Optional<UUID> expected = Optional.ofNullable(choice(winner.charAt(0)));
        assertThat(Tally.winner(ballots, members, A, B)).isEqualTo(expected);
    }

    /** {@code x} is a uuid that nobody was asked about. */
    private static @Nullable UUID choice(char vote) {
        return switch (vote) {
            case 'A' -> A;
            case 'B' -> B;
            case 'x' -> new UUID(9, 9);
            default -> null;
        };
    }
}
