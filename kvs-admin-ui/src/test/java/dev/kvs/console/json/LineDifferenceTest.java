package dev.kvs.console.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.console.json.LineDifference.Kind;
import dev.kvs.console.json.LineDifference.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineDifferenceTest {
    @Test
    void aChangedLineIsRemovedAndAdded() {
        assertThat(LineDifference.of("a\nb\nc", "a\nx\nc"))
                .containsExactly(
                        new Line(Kind.SAME, "a"),
                        new Line(Kind.REMOVED, "b"),
                        new Line(Kind.ADDED, "x"),
                        new Line(Kind.SAME, "c"));
        assertThat(LineDifference.of("a\nb", "a\nb")).isEmpty();
        assertThat(LineDifference.of("", "a")).containsExactly(new Line(Kind.ADDED, "a"));
    }

    @Test
    void whatIsShownLeadsFromTheOneTextToTheOther() {
        long seed = 4_711;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<String> before = lines(random);
            List<String> after = lines(random);
            List<Line> difference = LineDifference.of(String.join("\n", before), String.join("\n", after));
            if (difference.isEmpty()) {
                assertThat(after).as("seed %s round %s", seed, round).isEqualTo(before);
                continue;
            }
            assertThat(side(difference, Kind.REMOVED))
                    .as("seed %s round %s", seed, round)
                    .isEqualTo(before);
            assertThat(side(difference, Kind.ADDED))
                    .as("seed %s round %s", seed, round)
                    .isEqualTo(after);
        }
    }

    /** At most three lines, so that none is skipped. */
    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            lines.add(String.valueOf((char) ('a' + random.nextInt(3))));
        }
        return lines;
    }

    private static List<String> side(List<Line> lines, Kind kind) {
        List<String> all = new ArrayList<>();
        for (Line line : lines) {
            if (line.kind() == kind || line.kind() == Kind.SAME) {
                all.add(line.text());
            }
        }
        return all;
    }

    @Test
    void textsThatShareNothingTakeNoTimeToSpeakOf() {
        String before = String.join("\n", java.util.Collections.nCopies(20_000, "a"));
        String after = String.join("\n", java.util.Collections.nCopies(20_000, "b"));
        assertThat(LineDifference.of(before, after)).hasSizeLessThan(4_000);
    }
}
