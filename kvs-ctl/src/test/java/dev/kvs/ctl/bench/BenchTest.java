package dev.kvs.ctl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @ParameterizedTest
    @CsvSource({"r80/w20, 80", "r100, 100", "w100, 0", "r0/w100, 0", "r100/w0, 100"})
    void aMixIsRead(String text, int reads) {
        assertThat(Mix.parse(text).reads()).isEqualTo(reads);
        assertThat(Mix.parse(Mix.parse(text).toString())).isEqualTo(Mix.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "r80", "r80/w30", "r101", "80/20", "w20/r80", "r1000", "r-1/w101"})
    void whatIsNoMixIsRefused(String text) {
        assertThatThrownBy(() -> Mix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 1_000})
    void zipfFollowsItsFormula(int keys) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Zipf zipf = new Zipf(keys);
        int draws = 200_000;
        int[] counts = new int[keys];
        for (int i = 0; i < draws; i++) {
            counts[zipf.next(random)]++;
        }
        double whole = 0;
        for (int k = 1; k <= keys; k++) {
            whole += Math.pow(k, -Zipf.EXPONENT);
        }
        for (int k = 1; k <= Math.min(keys, 20); k++) {
            double expected = draws * Math.pow(k, -Zipf.EXPONENT) / whole;
            // Six standard deviations of a binomial count: about one false alarm in 10^8 draws of this loop.
            assertThat((double) counts[k - 1])
                    .as("seed " + seed + ", key " + k + " of " + keys)
                    .isBetween(expected - 6 * Math.sqrt(expected), expected + 6 * Math.sqrt(expected) + 1);
        }
    }

    @Test
    void operationsAreDueAtTheirRateWhoeverAsks() {
        Schedule schedule = new Schedule(SECOND, 4);
        schedule.start(System.nanoTime() - SECOND * 9 / 10);
        assertThat(new long[] {schedule.await(), schedule.await(), schedule.await(), schedule.await()})
                .containsExactly(0, SECOND / 4, SECOND / 2, SECOND * 3 / 4);
        assertThat(schedule.await()).isNegative();
        assertThat(schedule.unsent()).isZero();
    }

    @Test
    void whatWasDueAndNotSentIsCounted() {
        Schedule schedule = new Schedule(SECOND, 10);
        schedule.start(System.nanoTime() - 2 * SECOND);
        assertThat(schedule.await()).isNegative();
        assertThat(schedule.unsent()).isEqualTo(10);
    }

    @Test
    void aStoppedScheduleGivesNothingMore() {
        Schedule schedule = new Schedule(3_600 * SECOND, 1);
        schedule.start(System.nanoTime());
        assertThat(schedule.await()).isZero();
        schedule.stop();
        assertThat(schedule.await()).isNegative();
    }

    @Test
    void withoutARateAStallFillsTheTail() {
        Measurements measurements = new Measurements();
        for (int i = 0; i < 999; i++) {
            measurements.worked(true, TimeUnit.MILLISECONDS.toNanos(1));
        }
        measurements.worked(true, SECOND);
        Report.Line corrected = new Report(measurements, SECOND, false).lines().getFirst();
        Report.Line measured = new Report(measurements, SECOND, true).lines().getFirst();
        assertThat(measured.p99()).isBetween(0.9, 1.1);
        assertThat(corrected.p99()).isGreaterThan(900);
        assertThat(corrected.count()).isEqualTo(1_000).isEqualTo(measured.count());
        assertThat(corrected.perSecond()).isEqualTo(1_000);
    }

    @Test
    void aReportOfNothingIsZeros() {
        Report.Line line = new Report(new Measurements(), 0, false).lines().getFirst();
        assertThat(line).isEqualTo(new Report.Line("all", 0, 0, 0, 0, 0, 0, 0, 0));
    }
}
