package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON to us and what is not. */
class StrictJsonTest {
    private final StrictJson json = new StrictJson(StrictJson.DEPTH_MAX);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                " true\r\n\t",
                "-0",
                "1e999999",
                "123456789012345678901234567890.5",
                "\"\"",
                "\"\\ud800\"",
                "\"\u00e4\u20ac\ud83d\ude00\"",
                "[]",
                "{}",
                "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}",
                "{\"\":1}"
            })
    void jsonIsAcceptedAndKept(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(json.check(bytes).bytes()).isSameAs(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~ ~|empty",
                "~{\"a\":1,\"a\":2}~|Duplicate field 'a', at line 1",
                "~{\"a\":1,\"\\u0061\":2}~|Duplicate field 'a'",
                "~{\"x\":[{\"a\":1,\"a\":2}]}~|Duplicate field 'a'",
                "~[1,2~|line 1",
                "~{\"a\":1~|line 1",
                "~\"abc~|line 1",
                "~1 2~|behind the end",
                "~{} {}~|behind the end",
                "~{}x~|line 1",
                "~01~|line 1",
                "~+1~|line 1",
                "~.5~|line 1",
                "~1.~|line 1",
                "~NaN~|line 1",
                "~nul~|line 1",
                "~nullx~|line 1",
                "~'a'~|line 1",
                "~{a:1}~|line 1",
                "~[1,]~|line 1",
                "~{\"a\":1,}~|line 1",
                "~[1 2]~|line 1",
                "~// no~|line 1",
                "~\"\\x\"~|line 1",
                "~\"\\u12\"~|line 1",
                "~]~|line 1"
            })
    void whatIsNotJsonIsRefusedWithItsPlace(String text, String told) {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), told);
    }

    @Test
    void theLineAndColumnAreTold() {
        assertRefused("{\n  \"a\": 1,\n  \"b\": ?\n}".getBytes(StandardCharsets.UTF_8), "at line 3, column 8");
    }

    @ParameterizedTest
    @CsvSource({
        "'',empty",
        "efbbbf7b7d,byte-order mark",
        "feff007b007d,UTF-8",
        "007b007d,zero byte",
        "7b007d00,zero byte",
        "0000007b0000007d,zero byte",
        "22c32822,byte offset 1",
        "22c0af22,byte offset 1",
        "22e080af22,byte offset 1",
        "22eda08022,byte offset 1",
        "22f0808080af22,byte offset 1",
        "22f490808022,byte offset 1",
        "2280,byte offset 1",
        "22f09f98,byte offset 1",
        "22ff22,byte offset 1",
        "220122,line 1",
        "220a22,line 1",
        "2200222222,zero byte",
        "2261616161610022,line 1"
    })
    void bytesThatAreNoTextAreRefused(String hex, String told) {
        assertRefused(HexFormat.of().parseHex(hex), told);
    }

    @Test
    void aHundredLevelsAreAcceptedAndOneMoreIsNot() {
        for (String[] pair : new String[][] {{"[", "]"}, {"{\"a\":", "}"}}) {
            assertThat(json.check(nested(pair, 100))).isNotNull();
            assertRefused(nested(pair, 101), "deeper than 100 levels");
            assertRefused(nested(pair, 100_000), "deeper than 100 levels");
        }
    }

    private static byte[] nested(String[] pair, int depth) {
        return (pair[0].repeat(depth) + "1" + pair[1].repeat(depth)).getBytes(StandardCharsets.UTF_8);
    }

    /** The decoder of the JDK is the oracle; the input is mostly valid, so that long sequences are met. */
    @Test
    void validUtf8IsWhatTheJdkTakes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = sample(random);
            boolean valid;
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
                valid = true;
            } catch (CharacterCodingException invalid) {
                valid = false;
            }
            assertThat(StrictUtf8.firstInvalid(bytes) < 0)
                    .as("seed %d, bytes %s", seed, HexFormat.of().formatHex(bytes))
                    .isEqualTo(valid);
        }
    }

    private static byte[] sample(Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 4; i++) {
            int codePoint = random.nextInt(1 << (7 + random.nextInt(15))) % (Character.MAX_CODE_POINT + 1);
            bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        }
        byte[] sample = bytes.toByteArray();
        if (random.nextBoolean()) {
            sample[random.nextInt(sample.length)] = (byte) random.nextInt(256);
        }
        return sample;
    }

    private void assertRefused(byte[] body, String told) {
        assertThatThrownBy(() -> json.check(body)).isInstanceOfSatisfying(KvsException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_JSON);
            assertThat(refusal.detail()).contains(told);
        });
    }
}
