package dev.kvs.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.client.KvsClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Sessions sessions = new Sessions(() -> now);

    private static Sessions.Session session(String user) {
        return new Sessions.Session(user, "a.b.c", KvsClient.connect("http://127.0.0.1:1"));
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void aSessionThatNobodyUsesEnds() {
        sessions.begin("a", session("ada"));
        pass(Sessions.IDLE);
        assertThat(sessions.find("a", true)).isPresent();
        pass(Sessions.IDLE);
        assertThat(sessions.find("a", true)).isPresent();
        pass(Sessions.IDLE.plusMillis(1));
        assertThat(sessions.find("a", true)).isEmpty();
        assertThat(sessions.count()).isZero();
    }

    @Test
    void aPageThatFetchesItselfUsesNothing() {
        sessions.begin("a", session("ada"));
        pass(Sessions.IDLE.dividedBy(2));
        assertThat(sessions.find("a", false)).isPresent();
        pass(Sessions.IDLE.dividedBy(2).plusMillis(1));
        assertThat(sessions.find("a", false)).isEmpty();
    }

    @Test
    void howeverBusyItEndsInTheEvening() {
        sessions.begin("a", session("ada"));
        Duration step = Sessions.IDLE.dividedBy(2);
        for (Duration passed = Duration.ZERO; passed.compareTo(Sessions.LONGEST) < 0; passed = passed.plus(step)) {
            assertThat(sessions.find("a", true)).isPresent();
            pass(step);
        }
        pass(Duration.ofMillis(1));
        assertThat(sessions.find("a", true)).isEmpty();
    }

    @Test
    void theOneUsedLongestAgoMakesRoom() {
        for (int i = 0; i < Sessions.MOST; i++) {
            sessions.begin("s" + i, session("u" + i));
        }
        assertThat(sessions.find("s0", true)).isPresent();
        sessions.begin("new", session("new"));
        assertThat(sessions.count()).isEqualTo(Sessions.MOST);
        assertThat(sessions.find("s0", true)).isPresent();
        assertThat(sessions.find("s1", true)).isEmpty();
    }

    @Test
    void aNameThatWasEndedOpensNothing() {
        sessions.begin("a", session("ada"));
        sessions.end("a");
        assertThat(sessions.find("a", true)).isEmpty();
    }
}
