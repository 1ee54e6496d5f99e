package dev.kvs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HlcTest {
    @Test
    void theClockNeverRunsBackwardsWhateverTheWallClockDoes() {
        Random random = new Random(5);
        long last = 0;
        long wall = 1_700_000_000_000L;
        for (int i = 0; i < 100_000; i++) {
            wall += random.nextInt(20) == 0 ? random.nextLong(-3_600_000, 3_600_000) : random.nextInt(3);
            long next = Hlc.next(last, wall);
            assertThat(next).as("step %d", i).isGreaterThan(last);
            assertThat(Hlc.millis(next)).isGreaterThanOrEqualTo(Math.max(0, wall));
            last = next;
        }
    }

    @Test
    void aFullCounterRunsIntoTheNextMillisecond() {
        long full = Hlc.lastOfMillis(1_000);
        assertThat(Hlc.millis(Hlc.next(full, 1_000))).isEqualTo(1_001);
    }

    @Test
    void millisecondsOutOfRangeAreRefused() {
        assertThat(Hlc.millis(Hlc.ofMillis(Hlc.MAX_MILLIS))).isEqualTo(Hlc.MAX_MILLIS);
        assertThatThrownBy(() -> Hlc.ofMillis(Hlc.MAX_MILLIS + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Hlc.ofMillis(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
