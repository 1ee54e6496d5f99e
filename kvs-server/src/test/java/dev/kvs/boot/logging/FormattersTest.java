package dev.kvs.boot.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class FormattersTest {
    private static final String HOSTILE = "a\nb\r\t\"\u0000\u001b[31m\u0085\\";

    @Test
    void textIsOneLineWithTimeLevelAndPlace() {
        assertThat(new TextFormatter().format(entry("all is well")))
                .isEqualTo("2026-01-31T09:05:00.007Z WARN  Store: all is well\n");
    }

    @Test
    void aLineBreakInAMessageCannotForgeAnEntry() {
        String line = new TextFormatter().format(entry(HOSTILE));
        assertThat(line)
                .isEqualTo(
                        "2026-01-31T09:05:00.007Z WARN  Store: a\\u000ab\\u000d\\u0009\"\\u0000\\u001b[31m\\u0085\\\n");
        assertThat(new JsonLineFormatter().format(entry(HOSTILE)).lines()).hasSize(1);
    }

    @Test
    void aJsonLineIsAnObjectThatKeepsTheMessage() throws Exception {
        JsonNode object = new ObjectMapper().readTree(new JsonLineFormatter().format(entry(HOSTILE)));
        assertThat(object.path("time").asText()).isEqualTo("2026-01-31T09:05:00.007Z");
        assertThat(object.path("level").asText()).isEqualTo("WARN");
        assertThat(object.path("logger").asText()).isEqualTo("dev.kvs.storage.Store");
        assertThat(object.path("message").asText()).isEqualTo(HOSTILE);
        assertThat(object.has("exception")).isFalse();
    }

    @Test
    void anExceptionIsShownWithItsCauses() throws Exception {
        LogRecord entry = entry("broken");
        entry.setThrown(new IllegalStateException("outer", new IllegalArgumentException("inner")));
        assertThat(new TextFormatter().format(entry))
                .contains("java.lang.IllegalStateException: outer\n\tat ")
                .contains("Caused by: java.lang.IllegalArgumentException: inner\n\tat ");
        JsonNode object = new ObjectMapper().readTree(new JsonLineFormatter().format(entry));
        assertThat(object.path("exception").asText()).contains("outer", "Caused by", "inner");
    }

    @Test
    void aCircleOfCausesEnds() {
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));
        assertThat(Entries.stackTrace(first)).contains("Caused by: java.lang.IllegalStateException: first");
    }

    @Test
    void levelsHaveTheNamesOfTheConfiguration() {
        assertThat(new Level[] {Level.SEVERE, Level.WARNING, Level.INFO, Level.FINE, Level.FINEST})
                .extracting(Entries::levelWord)
                .containsExactly("ERROR", "WARN", "INFO", "DEBUG", "TRACE");
    }

    private static LogRecord entry(String message) {
        LogRecord entry = new LogRecord(Level.WARNING, message);
        entry.setLoggerName("dev.kvs.storage.Store");
        entry.setInstant(Instant.parse("2026-01-31T09:05:00.007999Z"));
        return entry;
    }
}
