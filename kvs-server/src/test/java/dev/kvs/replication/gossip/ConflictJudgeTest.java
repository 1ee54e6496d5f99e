package dev.kvs.replication.gossip;

import static dev.kvs.model.Versions.draft;
import static dev.kvs.model.Versions.live;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Kind;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionDigest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an arrival does to the conflict of its key, also where vectors claim too much (decision 0010). */
class ConflictJudgeTest {
    private static final StoreId OLD = new StoreId(new UUID(1, 1));
    private static final StoreId NEW = new StoreId(new UUID(2, 2));

    private static final long RETENTION_MILLIS = 50;

    private final ConflictJudge judge = new ConflictJudge(() -> new UUID(9, 9), RETENTION_MILLIS);

    private Conflict judged(Conflict known, Version arriving, Version winner) {
        return judge.judge(known, arriving, arriving.vector(), winner, 0);
    }

    @Test
    void whatSeemsToHaveSeenALaterVersionIsInConflictWithIt() {
        Version later = live(1, 300, new Dot(NEW, 8), new Dot(OLD, 39));
        Version copy = live(2, 200, new Dot(NEW, 19), new Dot(OLD, 43));

        Conflict conflict = judged(null, copy, later);
        assertThat(conflict.rivals()).extracting(Conflict.Rival::uuid).containsExactly(later.uuid(), copy.uuid());
        assertThat(judged(null, later, copy)).as("the other way round").isNotNull();
    }

    @Test
    void suchAVersionDoesNotCloseAConflict() {
        Version later = live(1, 300, new Dot(NEW, 8), new Dot(OLD, 39));
        Version original = live(2, 199, new Dot(OLD, 43));
        Version copy = live(2, 200, new Dot(NEW, 19), new Dot(OLD, 43));

        Conflict open = judged(null, later, original);
        assertThat(judged(open, copy, later).isOpen()).isTrue();
    }

    @Test
    void twoWritesUnderOneDotAreInConflict() {
        assertThat(judged(null, live(1, 300, new Dot(OLD, 5)), live(2, 200, new Dot(OLD, 5))))
                .isNotNull();
    }

    @Test
    void aWriteIsNotInConflictWithItsOwnCopy() {
        Version original = live(1, 200, new Dot(OLD, 5));
        assertThat(judged(null, live(1, 201, new Dot(NEW, 1)), original)).isNull();
    }

    @Test
    void whatHasSeenAllRivalsClosesTheirConflict() {
        Version one = live(1, 200, new Dot(OLD, 5));
        Version other = live(2, 300, new Dot(NEW, 1));
        Conflict open = judged(null, one, other);
        Version after = live(3, 400, new Dot(NEW, 2), new Dot(OLD, 5));
        assertThat(judged(open, after, other).isOpen()).isFalse();
        assertThat(judged(null, after, other)).isNull();
    }

    /** Found by the simulation: who had collected what had expired wrote anew, and who had not yet cried conflict. */
    @Test
    void whatHadExpiredWhenTheOtherWasWrittenIsNoRival() {
        Version expired =
                draft(1, Hlc.ofMillis(100), 200, Kind.LIVE, new Dot(OLD, 5)).seal(new byte[] {'1'});
        Version before = live(2, Hlc.ofMillis(199), new Dot(NEW, 1));
        Version after = live(2, Hlc.ofMillis(200), new Dot(NEW, 1));

        assertThat(judged(null, before, expired)).isNotNull();
        assertThat(judged(null, after, expired)).isNull();
        assertThat(judged(null, expired, after)).as("the other way round").isNull();
    }

    @Test
    void aDeletionIsNoRivalOfWhatWasWrittenAfterItsRetention() {
        Version deletion = draft(1, Hlc.ofMillis(100), Version.NEVER, Kind.TOMBSTONE, new Dot(OLD, 5))
                .sealWithoutBody(VersionDigest.ofBody(new byte[0]));
        Version before = live(2, Hlc.ofMillis(99 + RETENTION_MILLIS), new Dot(NEW, 1));
        Version after = live(2, Hlc.ofMillis(100 + RETENTION_MILLIS), new Dot(NEW, 1));

        assertThat(judged(null, before, deletion)).isNotNull();
        assertThat(judged(null, after, deletion)).isNull();
    }

    /** With the key its writer has forgotten all that was in conflict there. */
    @Test
    void whatWasWrittenAfterTheWinnerHadExpiredClosesTheConflict() {
        Version one = live(1, Hlc.ofMillis(100), new Dot(OLD, 5));
        Version expired =
                draft(2, Hlc.ofMillis(150), 200, Kind.LIVE, new Dot(NEW, 1)).seal(new byte[] {'1'});
        Conflict open = judged(null, one, expired);

        assertThat(judged(open, live(3, Hlc.ofMillis(199), new Dot(NEW, 2)), expired)
                        .isOpen())
                .isTrue();
        assertThat(judged(open, live(3, Hlc.ofMillis(200), new Dot(NEW, 2)), expired)
                        .isOpen())
                .isFalse();
    }
}
