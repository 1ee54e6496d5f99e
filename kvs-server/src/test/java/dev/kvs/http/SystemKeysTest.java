package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.WriteOptions;
import dev.kvs.storage.Arrivals;
import dev.kvs.wire.Paths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the system keeps beside a document of the same name is in no answer of any route. */
class SystemKeysTest {
    private static final UUID CONFLICT = UUID.fromString("01981c2e-0000-7000-8000-000000000001");

    private Door door;
    private final List<String> secrets = new ArrayList<>(List.of("zebra", "quagga", CONFLICT.toString()));

    @BeforeEach
    void open() throws IOException {
        door = Door.open();
        door.put("/kv/users/ada", "{\"seen\":1}");
        Version first = put("users/ada", "{\"quagga\":1}");
        Version second = put("users/ada", "{\"quagga\":2}");
        put("zebra", "0");
        put("zebra/quagga", "{\"quagga\":3}");
        secrets.addAll(List.of(first.uuid().toString(), second.uuid().toString()));
        Conflict conflict = Conflict.between(CONFLICT, second, first, 1);
        door.store()
                .receive(new Arrivals(List.of(), VersionVector.EMPTY, List.of(conflict), List.of()))
                .await();
        assertThat(door.store().conflict(Key.ofSystem("users/ada"))).isNotNull();
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Version put(String path, String json) {
        return door.system()
                .put(path, json.getBytes(StandardCharsets.UTF_8), new Expiry.Never(), WriteOptions.NONE)
                .version();
    }

    @Test
    void noRouteShowsAny() {
        for (int round = 0; round < 2; round++) {
            for (Route route : door.door.table().routes()) {
                // The audit log is there to tell administrators who has changed what, though never to what.
                // A watch has no end; see below.
                if (route.method().equals("GET")
                        && route.lane() != Route.Lane.WATCH
                        && !route.template().equals(Paths.AUDIT)) {
                    String path = route.template().replace(Route.KEY, "users/ada");
                    hides(path.replace(Route.ID, CONFLICT.toString()));
                }
            }
            for (String target : List.of(
                    "/kv/?list",
                    "/kv/users?list",
                    "/kv/_range?reverse=true",
                    "/kv/_range?start_key=%01&limit=1000",
                    "/kv/_range?end_key=zzzz&keys_only=true",
                    "/kv/_range?end_key=!",
                    "/kv/_range?after=!&reverse=true",
                    "/kv/users/ada?revision=" + secrets.getLast(),
                    "/kv/zebra",
                    "/kv/zebra/quagga",
                    "/conflicts?key=users/ada",
                    "/conflicts?limit=1000")) {
                hides(target);
            }
            // The second time from the tables.
            door.store().checkpoint();
        }
    }

    @Test
    void noWatchTellsOfAny() throws IOException {
        try (EventReader watch = EventReader.open(door, "").begun()) {
            put("users/bob", "{\"name\":\"bob\"}");
            door.put("/kv/after", "1");
            assertThat(watch.next().key()).isEqualTo("after");
        }
    }

    @Test
    void conflictsAboutThemAreCounted() {
        assertThat(door.get("/conflicts").text())
                .contains("\"open_system_conflicts\":1")
                .contains("\"conflicts\":[]");
    }

    private void hides(String target) {
        Answer answer = door.get(target);
        assertThat(answer.status()).as(target).isLessThan(500);
        // What the caller has said itself may be said back.
        List<String> hidden =
                secrets.stream().filter(secret -> !target.contains(secret)).toList();
        assertThat(answer.text()).as(target).doesNotContain(hidden);
        if (hidden.size() < secrets.size()) {
            assertThat(answer.status()).as(target).isEqualTo(404);
        }
    }

    @Test
    void noRequestMayNameOne() {
        String before = door.contents();
        for (String operation : List.of("put", "delete")) {
            String data = operation.equals("put") ? ",\"data\":4" : "";
            refuses(
                    "/kv/_batch",
                    "{\"operations\":[{\"op\":\"" + operation + "\",\"key\":\"\\u0000users/ada\"" + data + "}]}");
        }
        refuses("/conflicts/_seed", "{\"key\":\"\\u0000users/ada\",\"data\":4}");
        assertThat(door.get("/conflicts?key=%00users/ada").status()).isEqualTo(400);
        assertThat(door.get("/kv/_range?start_key=%00").status()).isEqualTo(400);
        assertThat(door.get("/kv/%00users/ada").status()).isEqualTo(400);
        assertThat(door.put("/kv/%00users/ada", "4").status()).isEqualTo(400);
        assertThat(door.contents()).isEqualTo(before);
    }

    private void refuses(String target, String body) {
        Answer answer = door.send("POST", target, body, "Content-Type", "application/json");
        assertThat(answer.status()).as(target + " " + answer.text()).isEqualTo(400);
        assertThat(answer.text()).contains("invalid_key");
    }

    @Test
    void writingDocumentsOfTheSameNamesChangesNone() {
        String before = String.join(",", contents("users/ada"), contents("zebra"), contents("zebra/quagga"));
        assertThat(door.send("DELETE", "/kv/users/ada", "").status()).isEqualTo(204);
        assertThat(door.send("DELETE", "/kv/zebra", "").status()).isEqualTo(204);
        door.put("/kv/zebra/quagga", "{\"mine\":1}");
        door.send("POST", "/kv/_batch", "{\"operations\":[{\"op\":\"delete\",\"key\":\"zebra/quagga\"}]}");
        assertThat(String.join(",", contents("users/ada"), contents("zebra"), contents("zebra/quagga")))
                .isEqualTo(before);
    }

    private String contents(String path) {
        return door.system()
                .get(path)
                .map(version -> version.uuid() + " " + new String(version.body(), StandardCharsets.UTF_8))
                .orElse("nothing");
    }
}
