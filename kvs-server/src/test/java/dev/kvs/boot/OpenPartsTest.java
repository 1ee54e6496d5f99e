package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
    private final List<String> closed = new ArrayList<>();
    private final OpenParts parts = new OpenParts();

    @Test
    void partsCloseInReverseOrderAndOnce() {
        parts.add("first", () -> closed.add("first"));
        parts.add("second", () -> closed.add("second"));
        parts.close();
        parts.close();
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void aPartThatFailsToCloseDoesNotKeepTheOthersOpen() {
        parts.add("first", () -> closed.add("first"));
        parts.add("second", () -> {
            throw new IOException("the disk is gone");
        });
        parts.close();
        assertThat(closed).containsExactly("first");
    }

    @Test
    void anInterruptIsRestored() {
        parts.add("first", () -> closed.add("first"));
        parts.add("second", () -> {
            throw new InterruptedException();
        });
        parts.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed).containsExactly("first");
    }
}
