package dev.kvs.ctl.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPointerTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The examples of RFC 6901, section 5, and what surrounds them. */
    private static final String DOCUMENT = """
        {"foo": ["bar", "b\\u0061z"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\\\j": 5, "k\\"l": 6,
         " ": 7, "m~n": 8, "deep": {"x": [[], {}, {"y": 1.00e+2}]}, "\\u00fc": 18446744073709551615}\
        """;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/foo; [\"bar\", \"b\\u0061z\"]",
                "/foo/0; \"bar\"",
                "/foo/1; \"b\\u0061z\"",
                "/; 0",
                "/a~1b; 1",
                "/c%d; 2",
                "/e^f; 3",
                "/g|h; 4",
                "/i\\j; 5",
                "/k\"l; 6",
                "`/ `; 7",
                "/m~0n; 8",
                "/deep/x/2/y; 1.00e+2",
                "/deep/x/0; []",
                "/deep/x/1; {}",
                "/ü; 18446744073709551615"
            })
    void thePartIsReturnedAsItIsSpelled(String pointer, String part) {
        assertThat(new JsonPointer(pointer).find(DOCUMENT)).contains(part);
    }

    @Test
    void theEmptyPointerIsTheWholeDocument() {
        assertThat(new JsonPointer("").find(DOCUMENT)).contains(DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/no",
                "/foo/2",
                "/foo/-",
                "/foo/00",
                "/foo/-1",
                "/foo/x",
                "/foo/0/0",
                "/deep/x/0/0",
                "/deep/x/1/y"
            })
    void whatIsNotThereIsNotFound(String pointer) {
        assertThat(new JsonPointer(pointer).find(DOCUMENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "/~", "/~2", "/a~"})
    void badSyntaxIsRefused(String pointer) {
        assertThatThrownBy(() -> new JsonPointer(pointer)).isInstanceOf(Failure.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\"", "{\"a\":", "[1,", "\"open", "{\"a\" 1}", "{\"\\u00\":1}", "{1:2}"})
    void whatIsNotJsonIsRefusedAndNeverLoops(String text) {
        assertThatThrownBy(() -> new JsonPointer("/b/0").find(text).orElseThrow())
                .isInstanceOfAny(Failure.class, java.util.NoSuchElementException.class);
    }

    @Test
    void randomDocumentsAgreeWithJackson() throws JsonProcessingException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String json = RandomJson.document(random, 4);
            String pointer = RandomJson.pointer(random);
            JsonNode expected = MAPPER.readTree(json).at(pointer);
            String context = "seed " + seed + ": " + pointer + " in " + json;
            var found = new JsonPointer(pointer).find(json);
            assertThat(found.isPresent()).as(context).isEqualTo(!expected.isMissingNode());
            if (found.isPresent()) {
                assertThat(MAPPER.readTree(found.get())).as(context).isEqualTo(expected);
            }
        }
    }
}
