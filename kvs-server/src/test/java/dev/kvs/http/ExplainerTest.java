package dev.kvs.http;

import static dev.kvs.model.Versions.live;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.replication.Reader;
import dev.kvs.wire.Explanation;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is told of two versions, also where vectors claim too much (decision 0010). */
class ExplainerTest {
    private static final StoreId ONE = new StoreId(new UUID(1, 1));
    private static final StoreId OTHER = new StoreId(new UUID(2, 2));

    private static Explanation explained(Version winner, Version loser) {
        List<Reader.Revision> history = List.of(new Reader.Revision(winner, false), new Reader.Revision(loser, false));
        Conflict open = Conflict.between(new UUID(9, 9), winner, loser, 0);
        return new Explainer(Key.of("k"), history, open, "http://here", false).explain();
    }

    @Test
    void whatTheWinnerHadSeenIsReplaced() {
        Explanation told = explained(live(1, 300, new Dot(OTHER, 8), new Dot(ONE, 5)), live(2, 200, new Dot(ONE, 5)));
        assertThat(told.rule()).isEqualTo("has_seen_all");
    }

    @Test
    void whatNeitherHadSeenIsDisputed() {
        Explanation told = explained(live(1, 300, new Dot(OTHER, 8)), live(2, 200, new Dot(ONE, 5)));
        assertThat(told.rule()).isEqualTo("later_timestamp");
        assertThat(told.steps()).anyMatch(step -> step.startsWith("None of these vectors contains another's write"));
    }

    @Test
    void twoWritesUnderOneDotAreDisputed() {
        Explanation told = explained(live(1, 300, new Dot(ONE, 5)), live(2, 200, new Dot(ONE, 5)));
        assertThat(told.rule()).isEqualTo("later_timestamp");
        assertThat(told.steps()).anyMatch(step -> step.contains("was an older copy of itself"));
    }

    @Test
    void whatSeemsToHaveSeenALaterVersionIsInDisputeWithIt() {
        Explanation told = explained(live(1, 300, new Dot(ONE, 5)), live(2, 200, new Dot(ONE, 6)));
        assertThat(told.rule()).isEqualTo("later_timestamp");
        assertThat(told.steps()).anyMatch(step -> step.contains("was an older copy of itself"));
    }
}
