package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvs.audit.EventKind;
import dev.kvs.audit.Refusals;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client has done is in the audit log when he has his answer, and whoever changes the log is found out. */
class AuditRoutesTest {
    private Door door;

    @BeforeEach
    void opens() throws IOException {
        door = Door.open();
    }

    @AfterEach
    void closes() {
        door.close();
    }

    private List<JsonNode> entries(String query) {
        List<JsonNode> entries = new ArrayList<>();
        String next = "";
        do {
            Answer answer = door.get("/audit?limit=2" + query + next);
            assertThat(answer.status()).isEqualTo(200);
            answer.json().get("entries").forEach(entries::add);
            next = answer.json().has("next")
                    ? "&after=" + answer.json().get("next").asText()
                    : "";
        } while (!next.isEmpty());
        return entries;
    }

    @Test
    void everyWriteIsThereOnceNewestFirst() {
        JsonNode first = door.put("/kv/users/ada", "1").json();
        door.put("/kv/users/bob", "2");
        door.send("DELETE", "/kv/users/ada", "");
        door.put("/kv/other", "3");
        List<JsonNode> all = entries("");
        assertThat(all).extracting(entry -> entry.get("kind").asText()).containsExactly("put", "delete", "put", "put");
        assertThat(all.getLast().get("uuid")).isEqualTo(first.get("uuid"));
        assertThat(all.getLast().get("digest").asText()).hasSize(64);
        assertThat(all.getLast().get("actor").asText()).isEqualTo("anonymous");
        assertThat(entries("&key=users/")).hasSize(3);
        assertThat(entries("&kind=delete")).hasSize(1);
        assertThat(entries("&actor=nobody")).isEmpty();
        assertThat(entries("&since=2999-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void eventsAreThereAndFloodsOfThemAreCounted() {
        door.send("POST", "/admin/mode", "{\"mode\":\"read-only\"}", "Content-Type", "application/json");
        Refusals.What stranger = new Refusals.What(EventKind.REFUSED, "10.0.0.9", "", "401 unauthorized on /kv/{key}");
        for (int i = 0; i < 100; i++) {
            door.trail().count(stranger);
        }
        assertThat(entries("&kind=mode")).hasSize(1);
        List<JsonNode> refused = entries("&kind=refused");
        assertThat(refused).hasSizeBetween(1, 4);
        assertThat(refused.getLast().get("detail").asText())
                .contains("10.0.0.9")
                .contains("401");
    }

    @Test
    void anAlteredLogIsFoundAndTheBlockIsNamed() throws IOException {
        for (int i = 0; i < 10; i++) {
            door.put("/kv/k/" + i, "1");
        }
        JsonNode good = door.send("POST", "/audit/_verify", "").json();
        assertThat(good.get("ok").asBoolean()).isTrue();
        assertThat(good.get("entries").asInt()).isEqualTo(10);
        assertThat(good.has("broken")).isFalse();
        try (RandomAccessFile file = new RandomAccessFile(
                door.folder().resolve("audit/0000000001.audit").toFile(), "rw")) {
            file.seek(file.length() / 2);
            int old = file.read();
            file.seek(file.length() / 2);
            file.write(old ^ 1);
        }
        JsonNode bad = door.send("POST", "/audit/_verify", "").json();
        assertThat(bad.get("ok").asBoolean()).isFalse();
        assertThat(bad.at("/broken/block").asInt()).isBetween(1, 10);
        assertThat(bad.at("/broken/store").asText()).isEqualTo(good.get("store").asText());
        assertThat(bad.at("/broken/offset").asLong()).isPositive();
        assertThat(bad.at("/broken/why").asText()).isNotEmpty();
    }

    @Test
    void badFiltersAreRefused() {
        for (String query :
                List.of("kind=nonsense", "after=1.2", "after=x.y.z", "limit=0", "limit=1001", "since=soon")) {
            assertThat(door.get("/audit?" + query).outcome()).as(query).isEqualTo("400 invalid_parameter");
        }
        assertThat(door.get("/audit?who=me").outcome()).isEqualTo("400 unknown_parameter");
        assertThat(door.get("/audit?after=1.17.3").status()).isEqualTo(200);
        assertThat(door.get("/audit?after=9999999999.99999999.0").status()).isEqualTo(200);
    }
}
