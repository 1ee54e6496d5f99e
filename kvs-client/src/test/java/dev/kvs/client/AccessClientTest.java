package dev.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kvs.client.ScriptedServer.Reply;
import dev.kvs.wire.AccessAnswer;
import dev.kvs.wire.ClusterBootstrap;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.GroupRequest;
import dev.kvs.wire.MetadataRequest;
import dev.kvs.wire.PolicyInfo;
import dev.kvs.wire.TokenRequest;
import dev.kvs.wire.UserRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What each call about users, tokens and permissions sends, and what it makes of the answer. */
class AccessClientTest {
    private static final String ID = "01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f";
    private static final UUID UUID_ID = UUID.fromString(ID);
    private static final String USER = """
        {"name":"ada","uuid":"%s","scopes":["read"],"groups":["cooks"],"password":true,"disabled":false,
         "created_at":7,"of_a_newer_node":1}\
        """.formatted(ID);
    private static final String GROUP = """
        {"name":"cooks","uuid":"%s","members":["ada"],"created_at":7}\
        """.formatted(ID);
    private static final String TOKEN = """
        {"id":"%s","user":"ada","label":"","scopes":["read"],"issued_at":1,"expires_at":2,"token":"a.b.c"}\
        """.formatted(ID);
    private static final String POLICY = """
        {"prefix":"recipes","owner":null,"group":"cooks","mode":"c---c-------","value_mode":"cdwrcdwr---r"}\
        """;
    private static final String METADATA = """
        {"key":"a","uuid":"%s","timestamp":7,"origin":"n","owner":"ada","group":null,"permissions":3888,
         "mode":"cdwr--wr----","size":2,"expires_at":null}\
        """.formatted(ID);

    private static ScriptedServer.Request exchange(Reply reply, Consumer<AccessClient> call) {
        try (ScriptedServer server = new ScriptedServer(reply);
                KvsClient kvs = KvsClient.connect(server.address())) {
            call.accept(kvs.access());
            return server.onlyRequest();
        }
    }

    private static ScriptedServer.Request ok(String json, Consumer<AccessClient> call) {
        return exchange(Reply.of(200, json), call);
    }

    @Test
    void aLoginGivesAToken() {
        var sent = ok(
                TOKEN,
                access -> assertThat(access.login("ada", "s3cret").token()).isEqualTo("a.b.c"));
        assertThat(sent.line()).isEqualTo("POST /auth/login");
        assertThat(sent.body()).isEqualTo("{\"user\":\"ada\",\"password\":\"s3cret\"}");
    }

    @Test
    void whoAmIAndWhatIMay() {
        String me = """
            {"user":"ada","uuid":"%s","groups":[],"scopes":["read"],"token":"%s","expires_at":9}\
            """.formatted(ID, ID);
        assertThat(ok(me, access -> assertThat(access.whoAmI().user()).isEqualTo("ada"))
                        .line())
                .isEqualTo("GET /auth/whoami");
        String no = "{\"allowed\":false,\"rule\":\"others may not\"}";
        assertThat(ok(
                                no,
                                access -> assertThat(access.can("ada", "write", "a/b c"))
                                        .isEqualTo(new AccessAnswer(false, "others may not")))
                        .line())
                .isEqualTo("GET /auth/can?user=ada&verb=write&key=a%2Fb%20c");
        assertThat(ok(no, access -> access.can(null, "read", "a")).line()).isEqualTo("GET /auth/can?verb=read&key=a");
    }

    @Test
    void usersAreListedShownMadeChangedAndRemoved() {
        assertThat(ok(
                                "{\"users\":[" + USER + "]}",
                                access -> assertThat(access.users()).hasSize(1))
                        .line())
                .isEqualTo("GET /auth/users");
        assertThat(ok(USER, access -> assertThat(access.user("a@b+c")).isPresent())
                        .line())
                .isEqualTo("GET /auth/users/a%40b%2Bc");
        UserRequest wishes = new UserRequest("ada", "s3cret", List.of("read"), List.of(), null);
        var made = exchange(Reply.of(201, USER), access -> access.createUser(wishes));
        assertThat(made.line()).isEqualTo("POST /auth/users");
        assertThat(made.body()).contains("\"password\":\"s3cret\"").doesNotContain("disabled");
        var changed =
                ok(USER, access -> access.updateUser("ada", new UserRequest(null, null, null, List.of("x"), true)));
        assertThat(changed.line()).isEqualTo("PATCH /auth/users/ada");
        assertThat(changed.body()).isEqualTo("{\"groups\":[\"x\"],\"disabled\":true}");
        assertThat(exchange(Reply.of(204, ""), access -> access.deleteUser("ada"))
                        .line())
                .isEqualTo("DELETE /auth/users/ada");
    }

    @Test
    void groupsAreListedShownMadeChangedAndRemoved() {
        assertThat(ok(
                                "{\"groups\":[" + GROUP + "]}",
                                access -> assertThat(access.groups()).hasSize(1))
                        .line())
                .isEqualTo("GET /auth/groups");
        assertThat(ok(GROUP, access -> assertThat(access.group("cooks")).isPresent())
                        .line())
                .isEqualTo("GET /auth/groups/cooks");
        var made =
                exchange(Reply.of(201, GROUP), access -> access.createGroup(new GroupRequest("cooks", List.of("ada"))));
        assertThat(made.line()).isEqualTo("POST /auth/groups");
        assertThat(made.body()).isEqualTo("{\"name\":\"cooks\",\"members\":[\"ada\"]}");
        var changed = ok(GROUP, access -> access.updateGroup("cooks", new GroupRequest(null, List.of())));
        assertThat(changed.line()).isEqualTo("PATCH /auth/groups/cooks");
        assertThat(changed.body()).isEqualTo("{\"members\":[]}");
        assertThat(exchange(Reply.of(204, ""), access -> access.deleteGroup("cooks"))
                        .line())
                .isEqualTo("DELETE /auth/groups/cooks");
    }

    @Test
    void tokensAreListedShownMadeAndRevoked() {
        assertThat(ok(
                                "{\"tokens\":[" + TOKEN + "]}",
                                access -> assertThat(access.tokens()).hasSize(1))
                        .line())
                .isEqualTo("GET /auth/tokens");
        assertThat(ok(TOKEN, access -> assertThat(access.token(UUID_ID)).isPresent())
                        .line())
                .isEqualTo("GET /auth/tokens/" + ID);
        var made = exchange(
                Reply.of(201, TOKEN), access -> access.createToken(new TokenRequest("ada", null, null, "30d")));
        assertThat(made.line()).isEqualTo("POST /auth/tokens");
        assertThat(made.body()).isEqualTo("{\"user\":\"ada\",\"ttl\":\"30d\"}");
        assertThat(exchange(Reply.of(204, ""), access -> access.revokeToken(UUID_ID))
                        .line())
                .isEqualTo("DELETE /auth/tokens/" + ID);
    }

    @Test
    void policiesAreListedSetAndRemoved() {
        assertThat(ok(
                                "{\"policies\":[" + POLICY + "]}",
                                access -> assertThat(access.policies()).hasSize(1))
                        .line())
                .isEqualTo("GET /auth/policies");
        PolicyInfo wanted = new PolicyInfo("recipes", null, "cooks", "c---c-------", "f30");
        var set = ok(
                POLICY, access -> assertThat(access.setPolicy(wanted).owner()).isNull());
        assertThat(set.line()).isEqualTo("PUT /auth/policies");
        assertThat(set.body()).contains("\"value_mode\":\"f30\"");
        assertThat(exchange(Reply.of(204, ""), access -> access.deletePolicy("a/b"))
                        .line())
                .isEqualTo("DELETE /auth/policies?prefix=a%2Fb");
    }

    @Test
    void metadataIsShownAndChanged() {
        assertThat(ok(
                                METADATA,
                                access -> assertThat(access.metadata("a")
                                                .orElseThrow()
                                                .mode())
                                        .isEqualTo("cdwr--wr----"))
                        .line())
                .isEqualTo("GET /kv/a/_metadata");
        var changed = ok(
                "{\"uuid\":\"" + ID + "\",\"timestamp\":7}",
                access -> access.changeMetadata(
                        "a",
                        new MetadataRequest("ada", "", null, "f30", null),
                        WriteOptions.NONE.withIfMatch(UUID_ID)));
        assertThat(changed.line()).isEqualTo("PUT /kv/a/_metadata");
        assertThat(changed.body()).isEqualTo("{\"owner\":\"ada\",\"group\":\"\",\"mode\":\"f30\"}");
        assertThat(changed.header("If-Match")).isEqualTo("\"" + ID + "\"");
    }

    @Test
    void theSecretOfAClusterIsNotPrintedByAccident() {
        String answer = """
            {"cluster_id":"c","cluster_secret":"s3cret","seed_nodes":["a:1"],"cluster_mode":"gossip",
             "conflict_policy":"oldest-node"}\
            """;
        var sent = ok(answer, access -> {
            ClusterBootstrap bootstrap = access.clusterBootstrap();
            assertThat(bootstrap.clusterSecret()).isEqualTo("s3cret");
            assertThat(bootstrap.toString()).doesNotContain("s3cret");
        });
        assertThat(sent.line()).isEqualTo("GET /auth/cluster-bootstrap");
    }

    @Test
    void whatIsNotThereIsEmptyAndWhatIsNotAllowedIsNot() {
        exchange(
                Reply.refusal(ErrorCode.USER_NOT_FOUND),
                access -> assertThat(access.user("x")).isEmpty());
        exchange(
                Reply.refusal(ErrorCode.GROUP_NOT_FOUND),
                access -> assertThat(access.group("x")).isEmpty());
        exchange(
                Reply.refusal(ErrorCode.TOKEN_NOT_FOUND),
                access -> assertThat(access.token(UUID_ID)).isEmpty());
        exchange(
                Reply.refusal(ErrorCode.NOT_FOUND),
                access -> assertThat(access.metadata("x")).isEmpty());
        exchange(
                Reply.refusal(ErrorCode.FORBIDDEN),
                access -> assertThat(catchThrowableOfType(KvsClientException.Refused.class, () -> access.user("x"))
                                .is(ErrorCode.FORBIDDEN))
                        .isTrue());
        exchange(
                Reply.refusal(ErrorCode.USER_NOT_FOUND),
                access -> assertThat(
                                catchThrowableOfType(KvsClientException.Refused.class, () -> access.deleteUser("x"))
                                        .is(ErrorCode.USER_NOT_FOUND))
                        .isTrue());
    }

    @Test
    void noListenerSeesAPassword() {
        List<String> shown = new CopyOnWriteArrayList<>();
        RequestListener listener = (method, uri, headers, body) ->
                shown.add(method + " " + path(uri) + " " + headers + new String(body, StandardCharsets.UTF_8));
        Map<String, String> bodies = Map.of("POST /auth/login", TOKEN, "POST /auth/users", USER);
        bodies.forEach((line, answer) -> {
            try (ScriptedServer server = new ScriptedServer(Reply.of(200, answer), Reply.of(200, answer));
                    KvsClient kvs = KvsClient.builder(server.address())
                            .token("a.b.c")
                            .listener(listener)
                            .build()) {
                if (line.endsWith("login")) {
                    kvs.access().login("ada", "s3cret");
                } else {
                    kvs.access().createUser(new UserRequest("ada", "s3cret", null, null, null));
                    kvs.access().updateUser("ada", new UserRequest(null, "s3cret", null, null, null));
                }
                assertThat(server.requests()).allMatch(request -> request.body().contains("s3cret"));
            }
        });
        assertThat(shown).hasSize(3).allMatch(text -> text.endsWith("***"));
        assertThat(String.join("\n", shown)).doesNotContain("s3cret").doesNotContain("a.b.c");
    }

    private static String path(URI uri) {
        return uri.getPath();
    }
}
