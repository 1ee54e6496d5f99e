package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.Arrivals;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a key was while it belonged to somebody else stays his, whoever stores it anew. */
@Timeout(120)
class FormerOwnerTest {
    private static final String SECRET = "{\"pin\":4711}";
    private static final UUID CONFLICT = new UUID(7, 7);

    private Door door;
    private String root;
    private String ada;
    private String bob;

    @BeforeEach
    void open() throws IOException {
        door = Door.open(
                system -> Keepers.over(system, false, Keepers.STRANGERS_MAX, (actor, address, what, why) -> {}));
        root = Keepers.rootToken();
        ada = user("ada");
        bob = user("bob");
    }

    @AfterEach
    void close() {
        door.close();
    }

    private String user(String name) {
        door.token = root;
        door.send("POST", "/auth/users", "{\"name\":\"" + name + "\",\"scopes\":[\"read\",\"write\",\"delete\"]}");
        return door.send("POST", "/auth/tokens", "{\"user\":\"" + name + "\"}")
                .json()
                .get("token")
                .asText();
    }

    private static UUID stored(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isLessThan(300);
        return UUID.fromString(answer.json().get("uuid").asText());
    }

    private UUID deleted() {
        assertThat(door.send("DELETE", "/kv/s/k", "").status()).isEqualTo(204);
        return door.store().winner(Key.of("s/k")).uuid();
    }

    private Answer restore(UUID revision) {
        return door.send("POST", "/kv/s/k/_restore", "{\"revision\":\"" + revision + "\"}");
    }

    @Test
    void whoStoresAKeyAnewDoesNotGetWhatWasDeleted() {
        door.token = ada;
        UUID secret = stored(door.put("/kv/s/k", SECRET));
        long then = door.get("/kv/s/k").json().get("timestamp").asLong();
        UUID deletion = deleted();
        door.token = bob;
        UUID own = stored(door.put("/kv/s/k", "{\"n\":1}"));
        assertHidden(secret, then);
        assertThat(door.get("/kv/s/k?revision=" + deletion).outcome()).startsWith("404");
        assertThat(door.get("/kv/s/k?revision=" + own).status()).isEqualTo(200);
        door.token = root;
        assertThat(door.get("/kv/s/k/_history").text()).contains(secret.toString(), deletion.toString());
        assertThat(door.get("/kv/s/k?revision=" + secret).text()).contains("4711");
        door.token = bob;
        UUID second = stored(door.put("/kv/s/k", "{\"n\":2}"));
        assertThat(door.get("/kv/s/k/_history").text())
                .contains(own.toString(), second.toString())
                .doesNotContain(deletion.toString());
        assertThat(restore(own).status()).isEqualTo(200);
    }

    @Test
    void whoStoresAKeyAnewDoesNotGetWhatHasExpired() throws InterruptedException {
        door.token = ada;
        UUID secret = stored(door.put("/kv/s/k?ttl=200ms", SECRET));
        long then = door.get("/kv/s/k/_history")
                .json()
                .get("revisions")
                .get(0)
                .get("timestamp")
                .asLong();
        await().until(() -> door.get("/kv/s/k").status() == 404);
        door.token = bob;
        stored(door.put("/kv/s/k", "{\"n\":1}"));
        assertHidden(secret, then);
    }

    private void assertHidden(UUID secret, long then) {
        assertThat(door.get("/kv/s/k").text()).contains("\"n\":1");
        assertThat(door.get("/kv/s/k/_history").text()).doesNotContain(secret.toString());
        assertThat(door.get("/kv/s/k/_explain").text()).doesNotContain(secret.toString());
        assertThat(door.get("/kv/s/k?revision=" + secret).outcome()).isEqualTo("404 revision_not_found");
        assertThat(door.get("/kv/s/k?at=" + then).text()).doesNotContain("4711");
        assertThat(restore(secret).outcome()).isEqualTo("404 revision_not_found");
    }

    @Test
    void aConflictWithWhatMayNotBeReadIsNotToldOf() {
        door.token = ada;
        UUID secret = stored(door.put("/kv/s/k", SECRET));
        deleted();
        door.token = bob;
        UUID own = stored(door.put("/kv/s/k", "{\"n\":1}"));
        Map<UUID, Version> versions = door.store().history(Key.of("s/k")).versions().stream()
                .collect(Collectors.toMap(Version::uuid, version -> version));
        Conflict conflict = Conflict.between(CONFLICT, versions.get(own), versions.get(secret), 1);
        door.store()
                .receive(new Arrivals(List.of(), VersionVector.EMPTY, List.of(conflict), List.of()))
                .await();
        assertThat(door.get("/kv/s/k/_explain").text())
                .contains(own.toString())
                .doesNotContain(secret.toString(), CONFLICT.toString());
        door.token = root;
        assertThat(door.get("/kv/s/k/_explain").text()).contains(secret.toString(), CONFLICT.toString());
    }

    @Test
    void whatWasHandedOnIsStillSeenByWhoeverWroteItWhileHeMayReadTheNewest() {
        door.token = root;
        door.send("POST", "/auth/groups", "{\"name\":\"staff\",\"members\":[\"ada\",\"bob\"]}");
        door.token = ada;
        UUID before = stored(door.put("/kv/s/k", SECRET));
        assertThat(door.put("/kv/s/k/_metadata", "{\"owner\":\"bob\",\"group\":\"staff\",\"mode\":\"cdwr---r----\"}")
                        .status())
                .isEqualTo(200);
        assertThat(door.get("/kv/s/k/_history").text()).contains(before.toString());
        door.token = bob;
        assertThat(door.get("/kv/s/k/_history").text()).doesNotContain(before.toString());
        assertThat(door.get("/kv/s/k").text()).contains("4711");
    }
}
