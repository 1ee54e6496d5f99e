package dev.kvs.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
    private static final UUID VERSION = UUID.fromString("01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f");

    @Test
    void bothFormsComeBackAsTheyWereWritten() {
        for (boolean raw : new boolean[] {false, true}) {
            EntityTag tag = new EntityTag(VERSION, raw);
            assertThat(EntityTag.parse(tag.toString())).contains(tag);
        }
        assertThat(new EntityTag(VERSION, true)).hasToString("\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f.raw\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "\"\"",
                "*",
                "01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f",
                "W/\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\"",
                "\"1-1-1-1-1\"",
                "\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f.gz\"",
                "\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5g\"",
                "\"01981c2e7a4b-7c3d-9e5f-0a1b2c3d4e5f0\"",
                "\"000001981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e\""
            })
    void whatIsNotOurTagIsNone(String text) {
        assertThat(EntityTag.parse(text)).isEmpty();
    }
}
