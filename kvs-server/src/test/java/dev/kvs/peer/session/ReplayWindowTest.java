package dev.kvs.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private static final long SEED = 20_260_402;

    @Test
    void itAcceptsWhatASetOfAllCountersWould() {
        Random random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            ReplayWindow window = new ReplayWindow();
            Set<Long> seen = new HashSet<>();
            long highest = 0;
            long base = 1;
            for (int i = 0; i < 5_000; i++) {
                base += random.nextInt(200) == 0 ? random.nextInt(3 * ReplayWindow.SIZE) : random.nextInt(5);
                long counter = base - random.nextInt(random.nextInt(8) == 0 ? 2 * ReplayWindow.SIZE : 64);
                boolean expected = counter > 0 && counter > highest - ReplayWindow.SIZE && !seen.contains(counter);
                assertThat(window.isNew(counter)).isEqualTo(expected);
                assertThat(window.accept(counter))
                        .as("seed %d, round %d, step %d: %d after %d", SEED, round, i, counter, highest)
                        .isEqualTo(expected);
                if (expected) {
                    seen.add(counter);
                    highest = Math.max(highest, counter);
                }
            }
        }
    }

    @Test
    void countersBeginAtOneAndEndAtTheLargestNumber() {
        ReplayWindow window = new ReplayWindow();
        assertThat(window.accept(0)).isFalse();
        assertThat(window.accept(-1)).isFalse();
        assertThat(window.accept(Long.MIN_VALUE)).isFalse();
        assertThat(window.accept(1)).isTrue();
        assertThat(window.accept(1)).isFalse();
        assertThat(window.accept(Long.MAX_VALUE)).isTrue();
        assertThat(window.accept(Long.MAX_VALUE)).isFalse();
        assertThat(window.accept(2)).isFalse();
        assertThat(window.accept(Long.MAX_VALUE - ReplayWindow.SIZE)).isFalse();
        assertThat(window.accept(Long.MAX_VALUE - ReplayWindow.SIZE + 1)).isTrue();
    }

    @Test
    void ofManyThreadsWithOneCounterOneSucceeds() throws InterruptedException {
        ReplayWindow window = new ReplayWindow();
        AtomicInteger accepted = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(8);
        for (int thread = 0; thread < 8; thread++) {
            Thread.startVirtualThread(() -> {
                for (int counter = 1; counter <= 5_000; counter++) {
                    if (window.accept(counter)) {
                        accepted.incrementAndGet();
                    }
                }
                done.countDown();
            });
        }
        done.await();
        assertThat(accepted.get()).isEqualTo(5_000);
    }
}
