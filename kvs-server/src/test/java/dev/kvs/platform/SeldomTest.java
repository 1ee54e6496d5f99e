package dev.kvs.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeldomTest {
    private long nanos;
    private final Seldom seldom = new Seldom(Duration.ofMinutes(1), new Time() {
        @Override
        public long epochMillis() {
            return 0;
        }

        @Override
        public long monotonicNanos() {
            return nanos;
        }
    });

    @Test
    void eachSubjectIsDueOnceInAPeriod() {
        assertThat(seldom.isDue("a")).isTrue();
        assertThat(seldom.isDue("a")).isFalse();
        assertThat(seldom.isDue("b")).isTrue();
        nanos = Duration.ofMinutes(1).toNanos() - 1;
        assertThat(seldom.isDue("a")).isFalse();
        nanos++;
        assertThat(seldom.isDue("a")).isTrue();
    }

    @Test
    void aThousandSubjectsAreNoMoreThanTheBound() {
        int said = 0;
        for (int i = 0; i < 1000; i++) {
            said += seldom.isDue("stranger-" + i) ? 1 : 0;
        }
        assertThat(said).isEqualTo(Seldom.SUBJECTS_MAX);
        nanos = Duration.ofMinutes(1).toNanos();
        assertThat(seldom.isDue("another")).isTrue();
    }
}
