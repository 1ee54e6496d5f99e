package dev.kvs.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.kvs.platform.Time;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * How often one caller may ask: a token bucket for each, filled at once at the end of each window. Callers who have not asked
 * for a window are forgotten, and so are some when there are too many, who then begin again. Safe for concurrent use.
 */
public final class RateLimits {
    /** Callers that are counted at a time, about 300 bytes each. */
    static final int CALLERS = 20_000;

    private final long requests;
    private final Cache<Object, Bucket> buckets;
    private final TimeMeter meter;
    private final Bandwidth bandwidth;

    /**
     * @param requests that a caller may make in a window
     * @param window from a second up
     */
    public RateLimits(long requests, Duration window, Time time) {
        this.requests = requests;
        this.meter = new Clock(time);
        this.bandwidth = Bandwidth.builder()
                .capacity(requests)
                .refillIntervally(requests, window)
                .build();
        this.buckets = Caffeine.newBuilder()
                .maximumSize(CALLERS)
                .expireAfterAccess(window.multipliedBy(2))
                .ticker((Ticker) time::monotonicNanos)
                .build();
    }

    /**
     * What becomes of one request.
     *
     * @param allowed whether it is within the limit
     * @param limit requests a window
     * @param remaining requests that are left in this window
     * @param resetSeconds seconds until the next window, rounded up
     */
    public record Verdict(boolean allowed, long limit, long remaining, long resetSeconds) {}

    /** Counts a request of a caller, who may be named by anything that can be compared. */
    public Verdict count(Object caller) {
        ConsumptionProbe probe = buckets.get(caller, _ -> bucket()).tryConsumeAndReturnRemaining(1);
        return new Verdict(
                probe.isConsumed(), requests, probe.getRemainingTokens(), seconds(probe.getNanosToWaitForReset()));
    }

    /** How many callers are counted now. */
    long counted() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(meter)
                .build();
    }

    private static long seconds(long nanos) {
        return Math.max(1, Duration.ofNanos(nanos).plusMillis(999).toSeconds());
    }

    /** The node's own time for buckets. */
    private record Clock(Time time) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return time.monotonicNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
