package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.Hlc;
import dev.kvs.model.KvsException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The small pure parts against the JDK's own, or against a table. */
class PiecesTest {
    private static final long YEAR_9999 = 253_402_300_799_000L;

    @Test
    void httpDatesEqualTheJdksFormatter() {
        DateTimeFormatter oracle = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            long millis = random.nextLong(YEAR_9999);
            assertThat(HttpDates.of(millis)).as("seed %d", seed).isEqualTo(oracle.format(Instant.ofEpochMilli(millis)));
        }
        assertThat(HttpDates.of(0)).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(HttpDates.of(951_782_400_000L)).isEqualTo("Tue, 29 Feb 2000 00:00:00 GMT");
    }

    @Test
    void momentsAreMillisecondsOrIso8601() {
        assertThat(Moments.parse("at", "0")).isZero();
        assertThat(Moments.parse("at", "1790000000000")).isEqualTo(1_790_000_000_000L);
        assertThat(Moments.parse("at", "1970-01-01T00:00:01Z")).isEqualTo(1000);
        assertThat(Moments.parse("at", "1970-01-01T02:00:01.5+02:00")).isEqualTo(1500);
        assertThat(Moments.parse("at", Long.toString(Hlc.MAX_MILLIS))).isEqualTo(Hlc.MAX_MILLIS);
        for (String bad : new String[] {
            "",
            "-1",
            "1e3",
            "now",
            "2026-01-31",
            "2026-01-31T12:00:00",
            "1969-12-31T23:59:59Z",
            Long.toString(Hlc.MAX_MILLIS + 1),
            "99999999999999999999",
            "+999999999-01-01T00:00:00Z"
        }) {
            assertThatThrownBy(() -> Moments.parse("at", bad)).as(bad).isInstanceOf(KvsException.class);
        }
    }

    @Test
    void keysAreDecodedExactlyOrRefused() {
        assertThat(PercentDecoding.key("a/b;c=d+e")).isEqualTo("a/b;c=d+e");
        assertThat(PercentDecoding.key("%61%2e%C3%A4")).isEqualTo("a.\u00e4");
        assertThat(PercentDecoding.key("%25%32%66")).isEqualTo("%2f");
        assertThat(PercentDecoding.key("%f0%9f%98%80")).isEqualTo("\ud83d\ude00");
        for (String bad : new String[] {
            "%",
            "%2",
            "a%",
            "a%2",
            "%zz",
            "%2g",
            "%-1",
            "% 1",
            "%2F",
            "a%2fb",
            "%C3",
            "%C3%28",
            "%ED%A0%80",
            "%C0%AF",
            "a b",
            "a\u00e4",
            "\u0001"
        }) {
            assertThatThrownBy(() -> PercentDecoding.key(bad)).as(bad).isInstanceOf(KvsException.class);
        }
        assertThat(PercentDecoding.parameter("a%2Fb+c")).isEqualTo("a/b+c");
    }

    @Test
    void whatACallerSentIsShownHarmlessly() {
        assertThat(Quoted.of("plain")).isEqualTo("'plain'");
        assertThat(Quoted.of("a\u001b[31m\u202eb")).isEqualTo("'a\\u001b[31m\\u202eb'");
        assertThat(Quoted.of("x".repeat(81))).isEqualTo("'" + "x".repeat(80) + "...'");
    }
}
