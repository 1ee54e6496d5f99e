package dev.kvs.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealTest {
    private final Seal seal = new Seal(new SecureRandom());

    @Test
    void aProofHoldsForItsOwnCookieAlone() {
        assertThat(seal.holds("one", seal.proof("one"))).isTrue();
        assertThat(seal.holds("one", seal.proof("other"))).isFalse();
        assertThat(seal.holds("one", "")).isFalse();
        assertThat(new Seal(new SecureRandom()).holds("one", seal.proof("one"))).isFalse();
    }

    @Test
    void namesDoNotRepeat() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String name = seal.freshName();
            assertThat(name).matches("[0-9a-f]{64}");
            assertThat(names.add(name)).isTrue();
        }
    }
}
