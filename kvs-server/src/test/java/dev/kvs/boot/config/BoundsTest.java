package dev.kvs.boot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bounded key of the table at its bounds, one past them and far past them. */
class BoundsTest {
    private static final List<String> FAR_ABOVE =
            List.of("9223372036854775807", "9223372036854775808", "9".repeat(300));
    private static final List<String> NOT_WHOLE =
            List.of("1.5", "1e3", "0x10", "ten", "--1", "-", " 1", "1 ", "1_000", "\u0661", "+1");

    static Stream<ConfigKey<?>> numbers() {
        return ConfigTable.KEYS.stream().filter(key -> key.type() instanceof WholeNumber);
    }

    static Stream<ConfigKey<?>> spans() {
        return ConfigTable.KEYS.stream().filter(key -> key.type() instanceof Span);
    }

    static Stream<ConfigKey<?>> all() {
        return ConfigTable.KEYS.stream();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberIsTakenAtItsBoundsAndRefusedPastThem(ConfigKey<?> key) {
        WholeNumber type = (WholeNumber) key.type();
        assertGood(key, Long.toString(type.min()), type.min());
        assertGood(key, Long.toString(type.max()), type.max());
        assertBad(key, Long.toString(type.min() - 1), "is below the smallest value, " + type.min());
        assertBad(key, "-" + "9".repeat(300), "is below the smallest value, " + type.min());
        assertBad(key, Long.toString(type.max() + 1), "is above the largest value, " + type.max());
        FAR_ABOVE.forEach(text -> assertBad(key, text, "is above the largest value, " + type.max()));
        NOT_WHOLE.forEach(text -> assertBad(key, text, "is not a whole number"));
    }

    @ParameterizedTest
    @MethodSource("spans")
    void aTimeIsTakenAtItsBoundsAndRefusedPastThem(ConfigKey<?> key) {
        Span type = (Span) key.type();
        assertGood(key, type.write(type.min()), type.min());
        assertGood(key, type.write(type.max()), type.max());
        assertGood(key, Long.toString(type.max().toSeconds()), type.max());
        assertBad(
                key, type.max().toMillis() + 1 + "ms", "is longer than the longest allowed, " + type.write(type.max()));
        assertBad(
                key, type.max().toSeconds() + 1 + "", "is longer than the longest allowed, " + type.write(type.max()));
        if (type.min().isPositive()) {
            String shortest = type.write(type.min());
            assertBad(key, type.min().toMillis() - 1 + "ms", "is shorter than the shortest allowed, " + shortest);
            assertBad(key, "0", "is shorter than the shortest allowed, " + shortest);
        }
        for (String text :
                List.of("9".repeat(300), "9".repeat(15) + "d", "-1s", "1w", "1 h", "1.5h", "h", "PT1H", "1S")) {
            assertBad(key, text, "is not a duration of at most 36500d");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theDefaultIsWrittenSoThatItIsReadBack(ConfigKey<?> key) {
        Parsed<?> parsed = key.type() instanceof Text
                ? key.type().parse(new RawValue.Scalar(unquoted(key.defaultText())))
                : key.type() instanceof TextList
                        ? key.type().parse(new RawValue.Items(List.of()))
                        : key.type().parse(new RawValue.Scalar(key.defaultText()));
        assertThat(parsed).isEqualTo(new Parsed.Good<>(key.defaultValue()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aSectionIsRefusedByEveryKeyAndAListByAllButLists(ConfigKey<?> key) {
        assertThat(key.type().parse(new RawValue.Nested())).isEqualTo(new Parsed.Bad<>("is a section of its own"));
        if (!(key.type() instanceof TextList)) {
            assertThat(key.type().parse(new RawValue.Items(List.of("1")))).isEqualTo(new Parsed.Bad<>("is a list"));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyKeyIsDescribedOnOneLine(ConfigKey<?> key) {
        assertThat(key.name()).matches("[a-z][a-z0-9_]*").hasSizeLessThanOrEqualTo(40);
        assertThat(key.comment()).endsWith(".").doesNotContain("\n").hasSizeBetween(10, 120);
    }

    @Test
    void namesAreUnique() {
        List<String> names = new ArrayList<>();
        ConfigTable.KEYS.forEach(key -> names.add(key.name()));
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(50);
    }

    @Test
    void plainNumbersOfTimesAreSeconds() {
        assertThat(ClusterConfig.GOSSIP_INTERVAL_MIN.type().parse(new RawValue.Scalar("60")))
                .isEqualTo(new Parsed.Good<>(Duration.ofMinutes(1)));
    }

    private static void assertGood(ConfigKey<?> key, String text, Object value) {
        assertThat(key.type().parse(new RawValue.Scalar(text))).as(text).isEqualTo(new Parsed.Good<>(value));
    }

    private static void assertBad(ConfigKey<?> key, String text, String what) {
        assertThat(key.type().parse(new RawValue.Scalar(text))).as(text).isEqualTo(new Parsed.Bad<>(what));
    }

    private static String unquoted(String yaml) {
        return yaml.substring(1, yaml.length() - 1);
    }
}
