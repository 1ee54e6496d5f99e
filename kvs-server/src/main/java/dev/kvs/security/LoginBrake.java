package dev.kvs.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.kvs.platform.Time;
import java.time.Duration;

/**
 * Slows whoever guesses passwords: after some failures of an account from an address the next attempt has to wait, twice as
 * long after each, a minute at most. Nobody is locked out for good, and nobody can be locked out by others. Bounded: the
 * oldest are forgotten, and names that no user can have, which may be long, count as one. Safe for concurrent use.
 */
public final class LoginBrake {
    private static final int FREE_FAILURES = 5;
    private static final int DOUBLINGS_MAX = 6;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int REMEMBERED = 20_000;

    private final Time time;
    private final Cache<Guess, Failures> failures;

    private record Guess(String account, String address) {
        Guess {
            account = Names.isOne(account) ? account : "";
        }
    }

    private record Failures(int count, long openNanos) {}

    public LoginBrake(Time time) {
        this.time = time;
        this.failures = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(Duration.ofMinutes(15))
                .ticker((Ticker) time::monotonicNanos)
                .build();
    }

    /** Seconds that an attempt has to wait, 0 when it may be made now. */
    public long waitSeconds(String account, String address) {
        Failures known = failures.getIfPresent(new Guess(account, address));
        if (known == null) {
            return 0;
        }
        long nanos = known.openNanos() - time.monotonicNanos();
        return nanos <= 0 ? 0 : Duration.ofNanos(nanos).plusMillis(999).toSeconds();
    }

    /** Counts a failure. */
    public void failed(String account, String address) {
        failures.asMap().compute(new Guess(account, address), (_, known) -> {
            int count = known == null ? 1 : known.count() + 1;
            return new Failures(count, time.monotonicNanos() + pause(count).toNanos());
        });
    }

    private static Duration pause(int count) {
        if (count < FREE_FAILURES) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(DOUBLINGS_MAX, count - FREE_FAILURES));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /** How many guesses are remembered now. */
    long remembered() {
        failures.cleanUp();
        return failures.estimatedSize();
    }

    /** Forgets the failures: the password was right. */
    public void succeeded(String account, String address) {
        failures.invalidate(new Guess(account, address));
    }
}
