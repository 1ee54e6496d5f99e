package dev.kvs.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0,               0,             0",
        "1ms,             1,             1ms",
        "500ms,           500,           500ms",
        "1000ms,          1000,          1s",
        "90s,             90000,         90s",
        "60s,             60000,         1m",
        "15m,             900000,        15m",
        "1h,              3600000,       1h",
        "36h,             129600000,     36h",
        "24h,             86400000,      1d",
        "7d,              604800000,     7d",
        "36500d,          3153600000000, 36500d",
        "3153600000000ms, 3153600000000, 36500d",
    })
    void aDurationIsReadAndWrittenInItsLargestUnit(String text, long millis, String written) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(written);
        assertThat(Durations.parse(written)).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "00",
                "0s",
                "01s",
                "-1s",
                "+1s",
                "1.5h",
                "1S",
                "1H",
                "1 h",
                " 1h",
                "1h ",
                "1h30m",
                "s",
                "1w",
                "1y",
                "1us",
                "٣s",
                "1e3s",
                "36501d",
                "3153600000001ms",
                "999999999999999d",
                "9999999999999999d",
                "99999999999999999999999s",
                "PT1H",
                "1h\n"
            })
    void whatIsNoDurationIsRefused(String text) {
        assertThat(Durations.isValid(text)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.format(Duration.ofNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.format(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.format(Durations.MAX.plusMillis(1)));
    }
}
