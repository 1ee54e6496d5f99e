package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody gets more out of a token than it is good for, by way of the users that it may change or make. */
@Timeout(120)
class AccountsTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String ANOTHER = "twelve chars and more";
    private static final String FORBIDDEN = "403 forbidden";

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open(
                system -> Keepers.over(system, false, Keepers.STRANGERS_MAX, (actor, address, what, why) -> {}));
        door.token = Keepers.rootToken();
        send("POST", "/auth/users", "{'name':'ada','password':'" + PASSWORD + "'}", 201);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Answer send(String method, String target, String body) {
        return door.send(method, target, body.replace('\'', '"'));
    }

    private Answer send(String method, String target, String body, int status) {
        Answer answer = send(method, target, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }

    /** A token of whoever is asking now, with these scopes alone. */
    private String narrow(String scope) {
        return send("POST", "/auth/tokens", "{'scopes':['" + scope + "']}", 201)
                .json()
                .get("token")
                .asText();
    }

    private Answer login(String name, String password) {
        door.token = "";
        return send("POST", "/auth/login", "{'user':'" + name + "','password':'" + password + "'}");
    }

    private String loggedIn(String name, String password) {
        Answer answer = login(name, password);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().get("token").asText();
    }

    @Test
    void aNarrowTokenSetsNoPasswordOfItsOwner() {
        door.token = narrow("metrics");
        assertThat(send("PATCH", "/auth/users/root", "{'password':'" + ANOTHER + "'}")
                        .outcome())
                .isEqualTo(FORBIDDEN);
        assertThat(login("root", ANOTHER).status()).isEqualTo(401);

        door.token = loggedIn("ada", PASSWORD);
        door.token = narrow("read");
        Answer refused = send("PATCH", "/auth/users/ada", "{'password':'" + ANOTHER + "'}");
        assertThat(refused.outcome()).isEqualTo(FORBIDDEN);
        assertThat(refused.text()).contains("log in with the password");
        assertThat(login("ada", PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void whoHasLoggedInChangesHisOwnPassword() {
        door.token = loggedIn("ada", PASSWORD);
        send("PATCH", "/auth/users/ada", "{'password':'" + ANOTHER + "'}", 200);
        assertThat(login("ada", PASSWORD).status()).isEqualTo(401);
        assertThat(login("ada", ANOTHER).status()).isEqualTo(201);
    }

    @Test
    void theScopesThatAUserGetsUnaskedAreGrantedToo() {
        door.token = narrow("admin:users:create");
        Answer refused = send("POST", "/auth/users", "{'name':'eve','password':'" + ANOTHER + "'}");
        assertThat(refused.outcome()).isEqualTo(FORBIDDEN);
        assertThat(refused.text()).contains("[delete, read, write]");
        send("POST", "/auth/users", "{'name':'eve','scopes':[]}", 201);
        door.token = Keepers.rootToken();
        send("POST", "/auth/users", "{'name':'bob'}", 201);
    }
}
