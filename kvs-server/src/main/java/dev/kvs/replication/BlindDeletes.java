package dev.kvs.replication;

import dev.kvs.model.KvsException;
import dev.kvs.platform.Time;
import dev.kvs.security.RateLimits;
import dev.kvs.security.Rights;
import dev.kvs.wire.ErrorCode;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts and bounds deletions of keys that this node has never seen. Each leaves a tombstone that is kept for as long as
 * deletions are remembered, about nothing, perhaps: what a user can make the cluster keep in this way has a limit. Safe for
 * concurrent use.
 */
final class BlindDeletes {
    private static final Duration WINDOW = Duration.ofDays(1);

    private final RateLimits perUser;
    private final LongAdder all = new LongAdder();

    BlindDeletes(long perUserAndDay, Time time) {
        this.perUser = new RateLimits(perUserAndDay, WINDOW, time);
    }

    /** Counts one; {@code rate_limited} when the user has had his. Administrators have no limit. */
    void count(Rights rights) {
        UUID user = rights.caller().user();
        if (user != null && !rights.areUnlimited()) {
            RateLimits.Verdict verdict = perUser.count(user);
            if (!verdict.allowed()) {
                throw new KvsException(
                        ErrorCode.RATE_LIMITED,
                        "A user may delete " + verdict.limit() + " keys a day that this node has never seen"
                                + " (max_blind_deletes_per_day).");
            }
        }
        all.increment();
    }

    /** How many there were since the start. */
    long all() {
        return all.sum();
    }
}
