package dev.kvs.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of listings beside the one of all messages. */
class ChildrenReaderTest {
    private interface Reader {
        Children read(byte[] utf8) throws JsonProcessingException;
    }

    private static Optional<Children> read(byte[] utf8, Reader reader) {
        try {
            return Optional.of(reader.read(utf8));
        } catch (JsonProcessingException refused) {
            return Optional.empty();
        }
    }

    private static Optional<Children> both(byte[] utf8) {
        Optional<Children> children = read(utf8, Children::read);
        assertThat(children)
                .as(new String(utf8, StandardCharsets.UTF_8))
                .isEqualTo(read(utf8, message -> WireJson.read(message, Children.class)));
        return children;
    }

    @Test
    void whatANodeWritesIsReadBack() {
        Child.Metadata metadata = new Child.Metadata(UUID.randomUUID(), 1L << 40, "node", 1_790_000_000_000L);
        Children children = new Children(
                "a",
                List.of(
                        new Child("é \" /", 1L, true, metadata),
                        new Child("b", null, true, null),
                        new Child("c", 2L, false, new Child.Metadata(UUID.randomUUID(), 0, "", null))),
                null,
                10_000,
                true,
                "c");
        assertThat(both(WireJson.write(children))).contains(children);
        Children empty = new Children("", List.of(), 0, null, false, null);
        assertThat(both(WireJson.write(empty))).contains(empty);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"path\":\"\",\"truncated\":false,\"children\":[]}",
                " {\"path\":\"\",\"truncated\":false,\"children\":[] } ",
                "{\"path\":\"\",\"truncated\":false,\"children\":[],\"newer\":{\"a\":[1,{\"b\":2}]},\"total\":3}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[],\"total\":null,\"total_at_least\":5,\"next\":null}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"directory\":false},{\"directory\":true,\"subkey\":\"b\",\"more\":[1]}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"directory\":false,\"timestamp\":null,\"metadata\":null}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"directory\":false,\"metadata\":{\"uuid\":\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\",\"size\":1,\"origin\":\"n\",\"more\":[]}}]}",
                "{\"path\":\"\\u00e9\\n\",\"truncated\":true,\"children\":[],\"next\":\"b\"}",
            })
    void bothTakeTheSame(String message) {
        assertThat(both(message.getBytes(StandardCharsets.UTF_8))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{}",
                "{} {}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[]} 1",
                "{\"path\":\"\",\"truncated\":false,\"children\":[]}]",
                "{\"path\":\"\",\"truncated\":false,\"children\":[],\"path\":\"\"}",
                "{\"path\":\"\",\"truncated\":false,\"children\":null}",
                "{\"path\":\"\",\"truncated\":false,\"children\":{}}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[",
                "{\"path\":\"\",\"truncated\":false,\"children\":[[]]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[null]}",
                "{\"path\":null,\"truncated\":false,\"children\":[]}",
                "{\"path\":true,\"truncated\":false,\"children\":[]}",
                "{\"truncated\":false,\"children\":[]}",
                "{\"path\":\"\",\"children\":[]}",
                "{\"path\":\"\",\"truncated\":false}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[],\"newer\":{\"a\":1,\"a\":2}}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[],\"total\":\"3\"}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[],\"total\":3.0}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[],\"total\":99999999999}",
                "{\"path\":\"\",\"children\":[],\"truncated\":1}",
                "{\"path\":\"\",\"children\":[],\"truncated\":null}",
                "{\"path\":\"\",\"children\":[],\"truncated\":\"true\"}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[],\"next\":7}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"directory\":false}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\"}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":null,\"directory\":false}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"directory\":null}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"directory\":false,\"timestamp\":\"1\"}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"directory\":false,\"timestamp\":1.5}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"directory\":false,\"timestamp\":99999999999999999999}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"directory\":false,\"metadata\":{}}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"directory\":false,\"metadata\":{\"uuid\":\"x\",\"size\":1,\"origin\":\"n\"}}]}",
                "{\"path\":\"\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"directory\":false,\"metadata\":{\"uuid\":\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\",\"origin\":\"n\"}}]}",
            })
    void bothRefuseTheSame(String message) {
        assertThat(both(message.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void bothRefuseHalves() {
        byte[] whole =
                "{\"path\":\"\u00fc\",\"truncated\":false,\"children\":[{\"subkey\":\"a\",\"timestamp\":12,\"directory\":false}],\"total\":1}"
                        .getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(both(Arrays.copyOf(whole, length))).isEmpty();
        }
    }

    @Test
    void whatIsNotUtf8OrTooDeepIsRefused() {
        assertThat(both(new byte[] {'{', (byte) 0xff, '}'})).isEmpty();
        String deep = "[".repeat(200) + "]".repeat(200);
        assertThat(both(("{\"path\":\"\",\"truncated\":false,\"children\":[],\"x\":" + deep + "}")
                        .getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
