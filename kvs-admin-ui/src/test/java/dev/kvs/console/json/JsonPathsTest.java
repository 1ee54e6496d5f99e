package dev.kvs.console.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
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
        List<JsonPaths.Place> places =
                JsonPaths.sideBySide(Arrays.asList("{\"a\":9007199254740993}", "{\"a\":9007199254740992}", null));
        assertThat(places).hasSize(1);
        assertThat(places.getFirst().differs()).isTrue();
        assertThat(places.getFirst().values()).containsExactly("9007199254740993", "9007199254740992", null);
    }
}
