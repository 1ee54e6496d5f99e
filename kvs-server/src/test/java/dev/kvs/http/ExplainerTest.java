package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.replication.Reader;
import dev.kvs.wire.Explanation;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is told of two versions, also where vectors claim too much (decision 0010). */
class ExplainerTest {
    private static final StoreId ONE = new StoreId(new UUID(1, 1));
    private static final StoreId OTHER = new StoreId(new UUID(2, 2));

    private static Version version(int uuid, long hlc, Dot dot, Dot... seen) {
        return new Version.Draft(
                        Key.of("k"),
                        new UUID(7, uuid),
                        hlc,
                        new Origin(dot.store(), new NodeId("n"), 1),
                        dot.sequence(),
                        VersionVector.of(List.of(seen)).with(dot),
                        Version.NEVER,
                        Kind.LIVE,
                        Acl.UNOWNED)
                .seal(new byte[] {'1'});
    }

    private static Explanation explained(Version winner, Version loser) {
        List<Reader.Revision> history = List.of(new Reader.Revision(winner, false), new Reader.Revision(loser, false));
        Conflict open = Conflict.between(new UUID(9, 9), winner, loser, 0);
        return new Explainer(Key.of("k"), history, open, "http://here", false).explain();
    }

    @Test
    void whatTheWinnerHadSeenIsReplaced() {
        Explanation told =
                explained(version(1, 300, new Dot(OTHER, 8), new Dot(ONE, 5)), version(2, 200, new Dot(ONE, 5)));
        assertThat(told.rule()).isEqualTo("has_seen_all");
    }

    @Test
    void whatNeitherHadSeenIsDisputed() {
        Explanation told = explained(version(1, 300, new Dot(OTHER, 8)), version(2, 200, new Dot(ONE, 5)));
        assertThat(told.rule()).isEqualTo("later_timestamp");
        assertThat(told.steps()).anyMatch(step -> step.startsWith("None of these vectors contains another's write"));
    }

    @Test
    void twoWritesUnderOneDotAreDisputed() {
        Explanation told = explained(version(1, 300, new Dot(ONE, 5)), version(2, 200, new Dot(ONE, 5)));
        assertThat(told.rule()).isEqualTo("later_timestamp");
        assertThat(told.steps()).anyMatch(step -> step.contains("was an older copy of itself"));
    }

    @Test
    void whatSeemsToHaveSeenALaterVersionIsInDisputeWithIt() {
        Explanation told = explained(version(1, 300, new Dot(ONE, 5)), version(2, 200, new Dot(ONE, 6)));
        assertThat(told.rule()).isEqualTo("later_timestamp");
        assertThat(told.steps()).anyMatch(step -> step.contains("was an older copy of itself"));
    }
}
