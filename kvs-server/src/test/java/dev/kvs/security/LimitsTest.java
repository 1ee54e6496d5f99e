package dev.kvs.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimScheduler;
import dev.kvs.platform.SimTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private final SimScheduler scheduler = new SimScheduler();
    private final SimTime time = new SimTime(scheduler);

    private void pass(Duration duration) {
        scheduler.runFor(duration.toMillis());
    }

    @Test
    void oneWindowLetsExactlyTheLimitThrough() {
        RateLimits limits = new RateLimits(100, Duration.ofMinutes(1), time);
        for (int i = 0; i < 100; i++) {
            assertThat(limits.count("a").allowed()).isTrue();
        }
        RateLimits.Verdict refused = limits.count("a");
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.remaining()).isZero();
        assertThat(refused.resetSeconds()).isBetween(1L, 60L);
        assertThat(limits.count("b").allowed()).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(limits.count("a").allowed()).isTrue();
    }

    /** The bound is 5 percent; the buckets are exact. */
    @Test
    void theLimitHoldsUnderConcurrency() throws Exception {
        RateLimits limits = new RateLimits(10_000, Duration.ofMinutes(1), time);
        try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
            List<Future<Integer>> allowed = new ArrayList<>();
            for (int caller = 0; caller < 16; caller++) {
                allowed.add(callers.submit(() -> {
                    int count = 0;
                    for (int i = 0; i < 2_000; i++) {
                        count += limits.count("one").allowed() ? 1 : 0;
                    }
                    return count;
                }));
            }
            int sum = 0;
            for (Future<Integer> count : allowed) {
                sum += count.get();
            }
            assertThat(sum).isEqualTo(10_000);
        }
    }

    @Test
    void guessingGetsSlowerAndNeverStopsForGood() {
        LoginBrake brake = new LoginBrake(time);
        long longest = 0;
        for (int i = 0; i < 1_000; i++) {
            pass(Duration.ofSeconds(brake.waitSeconds("root", "10.0.0.1")));
            assertThat(brake.waitSeconds("root", "10.0.0.1")).isZero();
            brake.failed("root", "10.0.0.1");
            longest = Math.max(longest, brake.waitSeconds("root", "10.0.0.1"));
        }
        assertThat(longest).isEqualTo(60);
        assertThat(brake.waitSeconds("root", "10.0.0.2"))
                .as("others do not wait")
                .isZero();
        brake.succeeded("root", "10.0.0.1");
        assertThat(brake.waitSeconds("root", "10.0.0.1")).isZero();
    }

    /** A million names from one address: what is remembered stays bounded, and the last is still counted. */
    @Test
    void aMillionGuessesAreNotRemembered() {
        LoginBrake brake = new LoginBrake(time);
        RateLimits limits = new RateLimits(1, Duration.ofMinutes(1), time);
        for (int i = 0; i < 1_000_000; i++) {
            brake.failed("user" + i, "10.0.0.1");
            limits.count(i);
        }
        assertThat(brake.remembered()).isLessThanOrEqualTo(20_000);
        assertThat(limits.counted()).isLessThanOrEqualTo(RateLimits.CALLERS);
    }

    /** What can be no user's name is not kept, however long: strangers send a MiB, and thousands of them. */
    @Test
    void namesThatCanBeNoneAreBrakedTogether() {
        LoginBrake brake = new LoginBrake(time);
        String padding = "x".repeat(1 << 20);
        for (int i = 0; i < 100; i++) {
            brake.failed(i + padding, "10.0.0.1");
        }
        assertThat(brake.remembered()).isEqualTo(1);
        assertThat(brake.waitSeconds("another" + padding, "10.0.0.1")).isEqualTo(60);
        assertThat(brake.waitSeconds("ada", "10.0.0.1")).isZero();
        assertThat(brake.waitSeconds("another" + padding, "10.0.0.2")).isZero();
    }

    @Test
    void placesAreSealed() {
        PageTokens pages = new PageTokens(
                new SecuritySettings("c", new byte[32], new byte[0], "", false, false, 0, 1, 2, 0),
                new SimRandomness(4));
        String sealed = pages.seal("secret/plan");
        assertThat(sealed).doesNotContain("plan");
        assertThat(pages.open(sealed)).contains("secret/plan");
        assertThat(pages.open("plain")).isEmpty();
        assertThat(pages.open("sealed:????")).isEmpty();
        assertThat(pages.open(sealed.substring(0, sealed.length() - 2) + "AA")).isEmpty();
    }
}
