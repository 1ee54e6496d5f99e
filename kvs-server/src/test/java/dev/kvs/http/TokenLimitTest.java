package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All tokens of a cluster are held in memory; nobody fills the room of the others. */
@Timeout(180)
class TokenLimitTest {
    /** As docs/security.md has it. */
    private static final int USERS_MOST = 1_000;

    @Test
    void whoHasTooManyTokensHasToEndThemAll() throws IOException {
        try (Door door = Door.open(
                system -> Keepers.over(system, false, Keepers.STRANGERS_MAX, (actor, address, what, why) -> {}))) {
            String admin = Keepers.rootToken();
            door.token = admin;
            door.send("POST", "/auth/users", "{\"name\":\"ada\"}");
            String own = create(door, "ada").json().get("token").asText();
            door.token = own;
            Answer last = null;
            for (int i = 1; i < USERS_MOST; i++) {
                last = create(door, "ada");
                assertThat(last.status()).as(last.text()).isEqualTo(201);
            }
            assertThat(create(door, "ada").text()).contains("has 1000 tokens").contains("DELETE /auth/tokens?user=ada");

            // A revoked one is held until it expires, or there would be no end of revoked ones.
            String revoked = last.json().get("token").asText();
            assertThat(door.send(
                                    "DELETE",
                                    "/auth/tokens/" + last.json().get("id").asText(),
                                    "")
                            .status())
                    .isEqualTo(204);
            assertThat(create(door, "ada").outcome()).isEqualTo("400 invalid_request");

            door.token = admin;
            assertThat(create(door, "root").status())
                    .as("others are not hindered")
                    .isEqualTo(201);
            door.token = own;
            assertThat(door.send("DELETE", "/auth/tokens?user=ada", "").status())
                    .isEqualTo(204);
            for (String ended : new String[] {own, revoked}) {
                door.token = ended;
                assertThat(door.get("/auth/whoami").outcome()).isEqualTo("401 unauthorized");
            }
            door.token = admin;
            Answer fresh = create(door, "ada");
            assertThat(fresh.status()).as(fresh.text()).isEqualTo(201);
            assertThat(door.get("/auth/tokens").json().findValuesAsText("user").stream()
                            .filter("ada"::equals))
                    .hasSize(1);
        }
    }

    private static Answer create(Door door, String user) {
        return door.send("POST", "/auth/tokens", "{\"user\":\"" + user + "\"}");
    }
}
