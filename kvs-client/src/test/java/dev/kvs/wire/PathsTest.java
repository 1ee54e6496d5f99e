package dev.kvs.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a,                  /kv/a",
                "users/ada,          /kv/users/ada",
                "users/ada lovelace, /kv/users/ada%20lovelace",
                "a?b#c,              /kv/a%3Fb%23c",
                "a%2Fb,              /kv/a%252Fb",
                "a+b&c=d;e,          /kv/a%2Bb%26c%3Dd%3Be",
                "AZaz09-._~,         /kv/AZaz09-._~",
                "grün/日本,           /kv/gr%C3%BCn/%E6%97%A5%E6%9C%AC",
                "😀,                 /kv/%F0%9F%98%80",
                "a_b,                /kv/a_b",
                "...,                /kv/...",
                ".a,                 /kv/.a",
                "a\\b,               /kv/a%5Cb",
            })
    void everySegmentIsEncodedOnItsOwn(String key, String path) {
        assertThat(Paths.key(key)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/./b",
                "a/../b",
                "_history",
                "a/_ls",
                "_",
                "\ud800",
                "a/\udc00b"
            })
    void aKeyThatWouldNotArriveAsItselfIsRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> Paths.key(key));
    }

    @Test
    void noCharacterBreaksOutOfItsSegment() {
        for (int c = 0; c < 0x3000; c++) {
            String segment = "x" + Character.toString(c) + "y";
            if (c == '/') {
                continue;
            }
            URI uri = URI.create("http://node" + Paths.key("a/" + segment + "/b") + "?raw");
            assertThat(uri.getPath()).as("U+%04X", c).isEqualTo("/kv/a/" + segment + "/b");
            assertThat(uri.getRawPath().split("/")).as("U+%04X", c).hasSize(5);
            assertThat(uri.getRawQuery()).as("U+%04X", c).isEqualTo("raw");
        }
    }

    @Test
    void anOperationStandsBehindItsPrefix() {
        assertThat(Paths.operation("users", Operation.LS)).isEqualTo("/kv/users/_ls");
        assertThat(Paths.operation("", Operation.LS)).isEqualTo("/kv/_ls");
        assertThat(Paths.keyOperation("a b", Operation.HISTORY)).isEqualTo("/kv/a%20b/_history");
    }

    @Test
    void anOperationOnAKeyNeedsAKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> Paths.keyOperation("", Operation.HISTORY));
    }

    @Test
    void aQueryEncodesValuesAndLeavesOutWhatIsNotSaid() {
        Query query = new Query()
                .flag(Parameters.RAW, true)
                .flag("off", false)
                .with(Parameters.AFTER, "a&b=c d")
                .with(Parameters.LIMIT, (Object) null)
                .when(Parameters.REVERSE, true)
                .when(Parameters.KEYS_ONLY, false);
        assertThat(query).hasToString("?raw&after=a%26b%3Dc%20d&reverse=true");
        assertThat(new Query()).hasToString("");
    }
}
