package dev.kvs.ctl.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Changes of form against parsers that had no part in them. */
class LayoutTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private static Object yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    @Test
    void randomDocumentsMeanTheSameAsYaml() throws JsonProcessingException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            String json = RandomJson.document(random, 4);
            String context = "seed " + seed + ": " + json + "\n" + YamlText.of(json);
            JsonNode meant = MAPPER.readTree(json);
            assertThat(again(yaml(YamlText.of(json))))
                    .as(context)
                    .isEqualTo(again(MAPPER.convertValue(meant, Object.class)));
            assertThat(again(yaml("list:\n" + YamlText.item(json))))
                    .as(context)
                    .isEqualTo(MAPPER.readTree("{\"list\":[" + again(MAPPER.convertValue(meant, Object.class)) + "]}"));
        }
    }

    /** Plain objects as a tree, so that a number of any class equals itself. */
    private static JsonNode again(Object plain) throws JsonProcessingException {
        return MAPPER.readTree(MAPPER.writeValueAsString(plain));
    }

    @Test
    void everyAwkwardStringSurvivesAsYaml() throws JsonProcessingException {
        for (String string : RandomJson.STRINGS) {
            String meant = MAPPER.readValue('"' + string + '"', String.class);
            assertThat(yaml(YamlText.of('"' + string + '"'))).as(string).isEqualTo(meant);
        }
    }

    @Test
    void randomDocumentsMeanTheSameCompactAndIndented() throws JsonProcessingException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String json = RandomJson.document(random, 4);
            String context = "seed " + seed + ": " + json;
            assertThat(MAPPER.readTree(JsonLayout.compact(json))).as(context).isEqualTo(MAPPER.readTree(json));
            assertThat(JsonLayout.compact(json)).as(context).doesNotContain("\n");
            assertThat(MAPPER.readTree(JsonLayout.indented(json, Palette.PLAIN)))
                    .as(context)
                    .isEqualTo(MAPPER.readTree(json));
            assertThat(JsonLayout.compact(JsonLayout.indented(JsonLayout.compact(json), Palette.PLAIN)))
                    .as(context)
                    .isEqualToIgnoringCase(shown(JsonLayout.compact(json)));
        }
    }

    /** The escapes that indenting adds for a terminal's sake. */
    private static String shown(String json) {
        return Glyphs.cell(json);
    }

    @Test
    void yamlIsReadable() {
        assertThat(YamlText.of("{\"a\":{\"b\":[1,{\"c\":\"x y\",\"d\":[]}],\"e\":{}},\"f\":[[1,2]]}"))
                .isEqualTo("""
                    a:
                      b:
                        - 1
                        - c: x y
                          d: []
                      e: {}
                    f:
                      - - 1
                        - 2
                    """);
    }

    @Test
    void jsonIsIndentedByTwo() {
        assertThat(JsonLayout.indented("{\"a\":[1,{}],\"b\":[]}", Palette.PLAIN))
                .isEqualTo("""
                    {
                      "a": [
                        1,
                        {}
                      ],
                      "b": []
                    }\
                    """);
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertThat(Glyphs.width("abc")).isEqualTo(3);
        assertThat(Glyphs.width("日本")).isEqualTo(4);
        assertThat(Glyphs.width("é")).isEqualTo(1);
    }
}
