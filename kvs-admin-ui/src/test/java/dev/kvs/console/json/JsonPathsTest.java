package dev.kvs.console.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonPathsTest {
    @Test
    void everyPlaceHasItsPointerAndItsSpelling() {
        assertThat(JsonPaths.of("{\"a\":{\"b/c\":[1.0,\"x\"],\"e\":{}},\"n\":9223372036854775807}"))
                .containsExactly(
                        java.util.Map.entry("/a/b~1c/0", "1.0"),
                        java.util.Map.entry("/a/b~1c/1", "\"x\""),
                        java.util.Map.entry("/a/e", "{}"),
                        java.util.Map.entry("/n", "9223372036854775807"));
        assertThat(JsonPaths.of("7")).containsExactly(java.util.Map.entry("", "7"));
    }

    @Test
    void numbersDifferByTheirSpelling() {
        List<JsonPaths.Place> places = JsonPaths.sideBySide(
                        Arrays.asList("{\"a\":9007199254740993}", "{\"a\":9007199254740992}", null))
                .places();
        assertThat(places).hasSize(1);
        assertThat(places.getFirst().differs()).isTrue();
        assertThat(places.getFirst().values()).containsExactly("9007199254740993", "9007199254740992", null);
    }

    @Test
    void onePlaceIsFoundHoweverLargeTheDocument() {
        String large = "{\"many\":" + numbers(100_000, 1) + ",\"a/b\":{\"\":[{\"x\":\"y\"},[],1.50]},\"none\":null}";
        assertThat(JsonPaths.at(large, "/a~1b//0/x")).contains("\"y\"");
        assertThat(JsonPaths.at(large, "/a~1b//1")).contains("[]");
        assertThat(JsonPaths.at(large, "/a~1b//2")).contains("1.50");
        assertThat(JsonPaths.at(large, "/a~1b/")).contains("…");
        assertThat(JsonPaths.at(large, "/many/99999")).contains("99999");
        assertThat(JsonPaths.at(large, "/none")).contains("null");
        assertThat(JsonPaths.at(large, "")).contains("…");
        for (String nowhere : List.of("/many/100000", "/many/x", "/none/x", "/a~1b//2/0", "/A", "/a/b")) {
            assertThat(JsonPaths.at(large, nowhere)).as(nowhere).isEmpty();
        }
        assertThat(JsonPaths.at("{\"a\":", "/a")).isEmpty();
        assertThat(JsonPaths.at("", "/a")).isEmpty();
    }

    @Test
    void whatDiffersIsShownWhereverItIs() {
        JsonPaths.SideBySide compared = JsonPaths.sideBySide(List.of(numbers(10_000, 1), numbers(10_001, 1)));
        assertThat(compared.places()).extracting(JsonPaths.Place::pointer).containsExactly("/10000");
        assertThat(compared.note()).isEqualTo("Of 10001 places these differ; those that are the same are left out.");

        JsonPaths.SideBySide many = JsonPaths.sideBySide(List.of(numbers(10_000, 1), numbers(10_000, 2)));
        assertThat(many.differing()).hasSize(JsonPaths.SHOWN_MAX);
        assertThat(many.note()).isEqualTo("Of 10000 places 9999 differ; these are the first 1000.");
    }

    @Test
    void documentsThatNobodyReadsPlaceByPlaceAreNotComparedSo() {
        JsonPaths.SideBySide huge = JsonPaths.sideBySide(List.of(numbers(JsonPaths.PLACES_MAX + 1, 1), "1"));
        assertThat(huge.places()).isEmpty();
        assertThat(huge.note()).contains("line by line");
        assertThat(JsonPaths.sideBySide(List.of(numbers(JsonPaths.PLACES_MAX, 1), "1"))
                        .places())
                .isNotEmpty();
    }

    private static String numbers(int count, int step) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.valueOf(i * step))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
