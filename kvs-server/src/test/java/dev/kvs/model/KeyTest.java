package dev.kvs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "users/ada", "a.b", "...", "a_b", "käse", "日本/語", "a b", "a%2Fb", "🙂", "-", "a/.b"})
    void anOrdinaryKeyIsTaken(String text) {
        assertThat(Key.of(text)).hasToString(text);
        assertThat(Key.ofStored(Key.of(text).utf8())).isEqualTo(Key.of(text));
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
                "a/.",
                "a/../b",
                "_x",
                "a/_history",
                "a\u0000",
                "a\nb",
                "\u007f",
                "\u0085",
                "cafe\u0301",
                "\ud800",
                "a\udc00"
            })
    void aBadKeyIsRefused(String text) {
        assertThatThrownBy(() -> Key.of(text))
                .isInstanceOfSatisfying(
                        KvsException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_KEY));
    }

    @Test
    void theLengthIsCountedInBytesOfUtf8() {
        assertThat(Key.of("x".repeat(1024)).utf8()).hasSize(1024);
        assertThat(Key.of("ä".repeat(512)).utf8()).hasSize(1024);
        assertThatThrownBy(() -> Key.of("x".repeat(1025))).hasMessageContaining("1025");
        assertThatThrownBy(() -> Key.of("ä".repeat(513))).hasMessageContaining("1026");
        assertThatThrownBy(() -> Key.of("x".repeat(1_000_000))).hasMessageContaining("1000000");
    }

    @Test
    void keysCompareAsBytesOfUtf8() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            Key a = random(random);
            Key b = random(random);
            int expected = Arrays.compareUnsigned(
                    a.toString().getBytes(StandardCharsets.UTF_8), b.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void keysOfTheSystemStandBeforeAllOthersAndAreNoneOfThem() {
        Key ofSystem = Key.ofSystem("users/ada");
        Key document = Key.of("users/ada");
        assertThat(ofSystem).isNotEqualTo(document).isLessThan(Key.of("-"));
        assertThat(ofSystem.keyspace()).isEqualTo(Keyspace.SYSTEM);
        assertThat(document.keyspace()).isEqualTo(Keyspace.DOCUMENTS);
        for (Key key : new Key[] {ofSystem, document, Key.of("\u0020"), Key.of("🙂")}) {
            assertThat(key.utf8())
                    .satisfies(utf8 -> assertThat(
                                    Arrays.compareUnsigned(utf8, key.keyspace().first()))
                            .isNotNegative())
                    .satisfies(utf8 -> assertThat(
                                    Arrays.compareUnsigned(utf8, key.keyspace().end()))
                            .isNegative());
            assertThat(Key.ofPeer(new String(key.utf8(), StandardCharsets.UTF_8)))
                    .isEqualTo(key);
            assertThat(Key.ofStored(key.utf8())).isEqualTo(key);
        }
        assertThat(ofSystem.path()).isEqualTo(document.path());
        assertThat(Key.ofSystem("x".repeat(1023)).utf8()).hasSize(1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a//b", "_x", "\u0000a", "a\u0000"})
    void aBadKeyOfTheSystemIsRefusedToo(String path) {
        assertThatThrownBy(() -> Key.ofSystem(path)).isInstanceOf(KvsException.class);
        assertThatThrownBy(() -> Key.ofPeer("\u0000" + path)).isInstanceOf(KvsException.class);
        assertThatThrownBy(() -> Key.ofSystem("x".repeat(1024))).isInstanceOf(KvsException.class);
    }

    private static Key random(Random random) {
        String[] parts = {"a", "b", "ä", "\uffee", "🙂", "-", "/x"};
        StringBuilder text = new StringBuilder("k");
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return Key.of(text.toString());
    }
}
