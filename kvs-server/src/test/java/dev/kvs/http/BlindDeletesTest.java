package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deletions of keys that a node has never seen: their puts may be on the way, but each costs a tombstone. */
class BlindDeletesTest {
    /** What the engine of the tests allows a day. */
    private static final int MOST = 100;

    @Test
    void aUserHasSoManyADayAndAnAdministratorAsManyAsHeLikes() throws IOException {
        try (Door door = Door.open(
                system -> Keepers.over(system, false, Keepers.STRANGERS_MAX, (actor, address, what, why) -> {}))) {
            door.token = Keepers.rootToken();
            door.send("POST", "/auth/users", "{\"name\":\"ada\"}");
            door.send(
                    "PUT",
                    "/auth/policies",
                    "{\"prefix\":\"gone\",\"mode\":\"cd--cd--cd--\",\"value_mode\":\"cdwr--------\"}");
            String ada = door.send("POST", "/auth/tokens", "{\"user\":\"ada\"}")
                    .json()
                    .get("token")
                    .asText();
            for (int i = 0; i < MOST + 10; i++) {
                assertThat(delete(door, "gone/root" + i)).isEqualTo("204");
            }
            door.token = ada;
            for (int i = 0; i < MOST; i++) {
                assertThat(delete(door, "gone/ada" + i)).isEqualTo("204");
            }
            long writes = door.writes();
            assertThat(delete(door, "gone/more")).isEqualTo("429 rate_limited");
            String batch = IntStream.range(0, 3)
                    .mapToObj(i -> "{\"op\":\"delete\",\"key\":\"gone/batch" + i + "\"}")
                    .collect(Collectors.joining(",", "{\"operations\":[", "]}"));
            assertThat(door.send("POST", "/kv/_batch", batch, "Content-Type", "application/json")
                            .outcome())
                    .isEqualTo("429 rate_limited");
            assertThat(door.writes()).isEqualTo(writes);
            assertThat(delete(door, "gone/ada0")).isEqualTo("204");
            door.put("/kv/gone/own", "1");
            assertThat(delete(door, "gone/own")).isEqualTo("204");
        }
    }

    private static String delete(Door door, String key) {
        return door.send("DELETE", "/kv/" + key, "").outcome();
    }
}
