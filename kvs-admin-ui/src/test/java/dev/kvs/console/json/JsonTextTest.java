package dev.kvs.console.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @Test
    void layingOutChangesBlanksAlone() {
        String json = "{\"big\":9223372036854775807,\"f\":1.00e+2,\"s\":\"a, {b} \\\" \\u00e9\",\"e\":{},\"l\":["
                + " ],\"n\":[1,[2]]}";
        String laidOut = JsonText.format(json);
        assertThat(laidOut).isEqualTo("""
            {
              "big": 9223372036854775807,
              "f": 1.00e+2,
              "s": "a, {b} \\" \\u00e9",
              "e": {},
              "l": [],
              "n": [
                1,
                [
                  2
                ]
              ]
            }\
            """);
        assertThat(JsonText.format(laidOut)).isEqualTo(laidOut);
    }

    @Test
    void whateverIsLaidOutStaysTheSameDocument() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String json = document(random, 0);
            assertThat(JsonText.problem(json)).as("seed %s, %s", seed, json).isEmpty();
            String laidOut = JsonText.format(json);
            assertThat(JsonText.problem(laidOut))
                    .as("seed %s, %s", seed, laidOut)
                    .isEmpty();
            assertThat(JsonPaths.of(laidOut)).as("seed %s", seed).isEqualTo(JsonPaths.of(json));
        }
    }

    private static String document(Random random, int depth) {
        return switch (depth > 4 ? random.nextInt(4) : random.nextInt(6)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> "\"" + "x\\\"{[,:\\\\".repeat(random.nextInt(3)) + "\"";
            case 2 -> random.nextBoolean() ? "true" : "null";
            case 3 -> random.nextInt(9) + ".0e-" + random.nextInt(40);
            case 4 -> "[" + document(random, depth + 1) + " , " + document(random, depth + 1) + "]";
            default ->
                "{\"a\":" + document(random, depth + 1) + ",\n\"b/~\":" + document(random, depth + 1) + ",\"c\":{}}";
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1", "{\"a\":1,\"a\":2}", "01", "[1,]", "{} {}", "'a'", "nul", "", "  ", "\"\u0001\""})
    void whatIsNoDocumentIsSaidWithItsPlace(String text) {
        assertThat(JsonText.problem(text)).isPresent();
    }

    @Test
    void aHundredLevelsAreTakenAndOneMoreIsNot() {
        assertThat(JsonText.problem("[".repeat(100) + "]".repeat(100))).isEmpty();
        assertThat(JsonText.problem("[".repeat(101) + "]".repeat(101)))
                .hasValue("It is more than 100 levels deep; line 1.");
    }
}
