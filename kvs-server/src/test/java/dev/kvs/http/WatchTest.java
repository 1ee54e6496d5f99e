package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to documents, as it happens. */
@Timeout(120)
class WatchTest {
    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void putsAndDeletesAreShownAsTheyHappen(HttpClient.Version version) throws IOException {
        try (Door own = Door.open(Door.settings(), version)) {
            own.get("/health");
            own.put("/kv/before", "0");
            try (EventReader watch = EventReader.open(own, "?prefix=u/").begun()) {
                own.put("/kv/u/1", "{\"a\":\n 1}");
                own.put("/kv/other", "2");
                own.send("DELETE", "/kv/u/1", "");
                own.put("/kv/u/2?ttl=1h", "3");
                EventReader.Event put = watch.next();
                assertThat(put.kind() + " " + put.key()).isEqualTo("put u/1");
                assertThat(put.data().get("data").toString()).isEqualTo("{\"a\":1}");
                assertThat(put.data().has("expires_at")).isFalse();
                EventReader.Event delete = watch.next();
                assertThat(delete.kind() + " " + delete.key()).isEqualTo("delete u/1");
                assertThat(delete.data().has("data")).isFalse();
                assertThat(watch.next().data().has("expires_at")).isTrue();
            }
        }
    }

    @Test
    void aWatchGoesOnBehindTheLastEventOfAnother() throws IOException {
        String id;
        try (EventReader watch = EventReader.open(door, "").begun()) {
            door.put("/kv/a", "1");
            id = watch.next().id();
        }
        door.put("/kv/a", "2");
        door.send("DELETE", "/kv/a", "");
        for (EventReader again :
                List.of(EventReader.open(door, "", "Last-Event-ID", id), EventReader.open(door, "?since=" + id))) {
            try (again) {
                EventReader.Event put = again.next();
                assertThat(put.kind()).isEqualTo("put");
                assertThat(put.data().get("data").asInt()).isEqualTo(2);
                assertThat(again.next().kind()).isEqualTo("delete");
            }
        }
    }

    @Test
    void aWatchThatSawNothingCanGoOnToo() throws IOException {
        String id;
        try (EventReader watch = EventReader.open(door, "").begun()) {
            id = watch.lastId();
        }
        door.put("/kv/a", "1");
        try (EventReader again = EventReader.open(door, "", "Last-Event-ID", id)) {
            assertThat(again.next().key()).isEqualTo("a");
        }
    }

    /** Or a client that hears nothing for long takes the connection for dead, and begins again where it began before. */
    @Test
    void aWatchTellsWhereItStandsWhileItIsStillBehind() throws IOException {
        String start;
        try (EventReader watch = EventReader.open(door, "").begun()) {
            start = watch.lastId();
        }
        for (int i = 0; i < 600; i++) {
            door.put("/kv/of/no/interest/" + i, "1");
        }
        try (EventReader end = EventReader.open(door, "").begun();
                EventReader again = EventReader.open(door, "?prefix=other/", "Last-Event-ID", start)) {
            assertThat(again.begun().lastId()).isNotIn(start, end.lastId());
        }
    }

    @Test
    void whatIsNotKeptIsToldByAResync() throws IOException {
        String id;
        try (EventReader watch = EventReader.open(door, "").begun()) {
            id = watch.lastId();
        }
        for (int i = 0; i < 20; i++) {
            door.put("/kv/hot", Integer.toString(i));
        }
        door.store().checkpoint();
        try (EventReader again = EventReader.open(door, "", "Last-Event-ID", id)) {
            assertThat(again.next().kind()).isEqualTo("resync");
            EventReader.Event last = again.next();
            while (last.data().path("data").asInt() != 19) {
                last = again.next();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%20", "1AAAA", "1AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "", "2"})
    void whatIsNoPositionIsRefused(String position) {
        assertThat(door.get("/kv/_watch?since=" + position).outcome()).isEqualTo("400 invalid_parameter");
    }

    @Test
    void beyondTheLimitThereIs503AndOtherRequestsGoOn() throws IOException {
        List<EventReader> watches = new ArrayList<>();
        for (int i = 0; i < door.maxWatchers(); i++) {
            watches.add(EventReader.open(door, "").begun());
        }
        assertThat(door.get("/kv/_watch").outcome()).isEqualTo("503 overloaded");
        assertThat(door.get("/health").status()).isEqualTo(200);
        for (EventReader watch : watches) {
            watch.close();
        }
        door.put("/kv/a", "1");
        door.put("/kv/a", "2");
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            door.put("/kv/a", "3");
            try (EventReader watch = EventReader.open(door, "")) {
                return watch.response.statusCode() == 200;
            }
        });
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aDrainEndsAWatchAtOnceAndInOrder(HttpClient.Version version) throws IOException {
        try (Door own = Door.open(Door.settings(), version)) {
            own.get("/health");
            try (EventReader watch = EventReader.open(own, "").begun()) {
                own.door.drain();
                assertThat(watch.next()).isNull();
                assertThat(own.get("/kv/_watch").outcome()).isEqualTo("503 shutting_down");
            }
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsNobodyUp() throws IOException {
        try (RawConnection sleeper = door.raw();
                EventReader watch = EventReader.open(door, "").begun()) {
            sleeper.send("GET /kv/_watch HTTP/1.1\r\nHost: x\r\n\r\n");
            String document = "\"" + "x".repeat(4_000) + "\"";
            for (int i = 0; i < 2_000; i++) {
                door.put("/kv/k" + i, document);
                assertThat(watch.next().key()).isEqualTo("k" + i);
            }
        }
    }

    @Test
    void aWatchOutlivesTheTimeAfterWhichIdleConnectionsAreClosed() throws IOException {
        DoorSettings impatient = new DoorLimits()
                .patience(Duration.ofSeconds(1), Duration.ofMillis(500))
                .settings();
        outlives(impatient, HttpClient.Version.HTTP_1_1);
        outlives(impatient, HttpClient.Version.HTTP_2);
    }

    private static void outlives(DoorSettings impatient, HttpClient.Version version) throws IOException {
        try (Door own = Door.open(impatient, version)) {
            own.get("/health");
            try (EventReader watch = EventReader.open(own, "").begun()) {
                // An idle connection is closed meanwhile, several times over.
                for (int i = 0; i < 4; i++) {
                    try (RawConnection another = own.raw()) {
                        assertThat(another.read()).isEqualTo(-1);
                    }
                }
                own.put("/kv/a", "1");
                assertThat(watch.next()).as(version.name()).isNotNull();
            }
        }
    }
}
