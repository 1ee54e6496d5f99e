package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvs.platform.SystemTime;
import dev.kvs.security.ForgedTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every route, asked by every kind of caller. The rows come from the route table: a route that is not in {@link #ROWS} fails the
 * test, so nobody can add one without saying who may use it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTest {
    private static final String PASSES = "passes";
    private static final String UNAUTHORIZED = "401 unauthorized";
    private static final String FORBIDDEN = "403 forbidden";
    private static final String UNSEEN = "404 not_found";

    /** Who asks; the key of routes that have one belongs to {@link #OWNER} and to a group with {@link #MEMBER} in it. */
    private enum Who {
        NOBODY,
        EXPIRED,
        OTHER_CLUSTER,
        BAD_SIGNATURE,
        ALG_NONE,
        HUGE_TOKEN,
        NODE_SIGNATURE,
        REVOKED,
        WRONG_SCOPE,
        OTHER_USER,
        MEMBER,
        OWNER,
        ADMIN;

        /** Whether the token is no good for anything. */
        boolean isRefused() {
            return ordinal() <= REVOKED.ordinal();
        }
    }

    /** What the four good kinds of callers get; the token of the wrong scope is good for {@code metrics} alone. */
    private record Row(String wrongScope, String other, String member, String owner, String admin) {
        String of(Who who) {
            return switch (who) {
                case WRONG_SCOPE -> wrongScope;
                case OTHER_USER -> other;
                case MEMBER -> member;
                case OWNER -> owner;
                case ADMIN -> admin;
                default -> UNAUTHORIZED;
            };
        }
    }

    private static final Row OPEN = new Row(PASSES, PASSES, PASSES, PASSES, PASSES);
    private static final Row USER = OPEN;
    private static final Row ANY_READER = new Row(FORBIDDEN, PASSES, PASSES, PASSES, PASSES);
    private static final Row READ = new Row(FORBIDDEN, UNSEEN, PASSES, PASSES, PASSES);
    private static final Row WRITE = new Row(FORBIDDEN, FORBIDDEN, PASSES, PASSES, PASSES);
    private static final Row CHANGE = new Row(FORBIDDEN, UNSEEN, PASSES, PASSES, PASSES);
    private static final Row DELETE = new Row(FORBIDDEN, UNSEEN, FORBIDDEN, PASSES, PASSES);
    private static final Row OWNERS = new Row(FORBIDDEN, UNSEEN, FORBIDDEN, PASSES, PASSES);
    private static final Row METRICS = new Row(PASSES, FORBIDDEN, FORBIDDEN, FORBIDDEN, PASSES);
    private static final Row ADMIN = new Row(FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, PASSES);

    private static final Map<String, Row> ROWS = rows();

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new TreeMap<>();
        put(rows, OPEN, "GET /health", "GET /health/live", "GET /health/ready", "GET /members/", "GET /members/{id}");
        // Pages know who is asking by their own sessions, and ask the node back with his token.
        put(rows, OPEN, "GET /ui", "GET /ui/keys/export", "GET /ui/live", "GET /ui/{path}", "POST /ui/{path}");
        put(rows, OPEN, "POST /auth/login");
        put(rows, USER, "GET /openapi", "GET /auth/whoami", "GET /auth/can", "GET /auth/tokens", "POST /auth/tokens");
        put(rows, USER, "DELETE /auth/tokens", "GET /auth/tokens/{id}", "DELETE /auth/tokens/{id}");
        put(rows, READ, "GET /kv/{key}", "GET /kv/{key}/_history", "GET /kv/{key}/_explain", "GET /kv/{key}/_metadata");
        put(
                rows,
                ANY_READER,
                "GET /kv/_ls",
                "GET /kv/{key}/_ls",
                "GET /kv/_tree",
                "GET /kv/{key}/_tree",
                "GET /kv/_range",
                "GET /kv/_export",
                "GET /kv/_watch");
        put(rows, WRITE, "PUT /kv/{key}", "POST /kv/_batch", "POST /kv/_import");
        put(rows, CHANGE, "PATCH /kv/{key}", "POST /kv/{key}/_restore");
        put(rows, OWNERS, "PUT /kv/{key}/_metadata");
        put(rows, DELETE, "DELETE /kv/{key}");
        put(rows, METRICS, "GET /metrics");
        put(rows, ADMIN, "GET /conflicts", "GET /conflicts/{id}", "POST /conflicts/_seed");
        put(rows, ADMIN, "POST /members/join", "POST /members/leave", "GET /cluster/convergence");
        put(rows, ADMIN, "GET /sync/merkle/root", "POST /sync/merkle/nodes", "POST /sync/merkle/leaves");
        put(rows, ADMIN, "GET /sync/status", "POST /sync/now");
        put(rows, ADMIN, "POST /admin/mode", "POST /admin/compact", "GET /admin/config");
        put(rows, ADMIN, "GET /audit", "POST /audit/_verify");
        put(rows, ADMIN, "GET /auth/users", "POST /auth/users", "GET /auth/users/{id}", "PATCH /auth/users/{id}");
        put(rows, ADMIN, "DELETE /auth/users/{id}", "GET /auth/groups", "POST /auth/groups", "GET /auth/groups/{id}");
        put(rows, ADMIN, "PATCH /auth/groups/{id}", "DELETE /auth/groups/{id}", "GET /auth/cluster-bootstrap");
        put(rows, ADMIN, "GET /auth/policies", "PUT /auth/policies", "DELETE /auth/policies");
        return rows;
    }

    private static void put(Map<String, Row> rows, Row row, String... routes) {
        for (String route : routes) {
            rows.put(route, row);
        }
    }

    /** Bodies and queries with which an allowed request gets past everything that is checked before the rights are. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("PUT /kv/{key}", "{\"n\":2}"),
            Map.entry("PATCH /kv/{key}", "{\"n\":3}"),
            Map.entry("POST /kv/{key}/_restore", "{\"revision\":\"%s\"}"),
            Map.entry("PUT /kv/{key}/_metadata", "{\"mode\":\"cdwr--wr----\"}"),
            Map.entry("POST /kv/_batch", "{\"operations\":[{\"op\":\"put\",\"key\":\"%k\",\"data\":1}]}"),
            Map.entry("POST /kv/_import", "{\"key\":\"%k\",\"data\":1}"),
            Map.entry("POST /auth/users", "{\"name\":\"%n\"}"),
            Map.entry("POST /auth/groups", "{\"name\":\"%n\"}"),
            Map.entry("POST /auth/login", "{\"user\":\"nobody\",\"password\":\"wrong\"}"));

    private final AtomicInteger keys = new AtomicInteger();
    private final List<String> refusals = new ArrayList<>();
    private Door door;
    private Map<Who, String> tokens;
    private String admin;

    @BeforeAll
    void open() throws IOException {
        door = Door.open(system -> Keepers.over(
                system, false, Keepers.STRANGERS_MAX, (actor, address, what, why) -> refusals.add(actor + " " + what)));
        admin = Keepers.rootToken();
        door.token = admin;
        for (String name : List.of("owner", "member", "other", "monitor")) {
            String scopes = name.equals("monitor") ? "\"metrics\"" : "\"read\",\"write\",\"delete\"";
            assertThat(door.send("POST", "/auth/users", "{\"name\":\"" + name + "\",\"scopes\":[" + scopes + "]}")
                            .status())
                    .isEqualTo(201);
        }
        assertThat(door.send("POST", "/auth/groups", "{\"name\":\"staff\",\"members\":[\"owner\",\"member\"]}")
                        .status())
                .isEqualTo(201);
        tokens = new EnumMap<>(Who.class);
        ForgedTokens forged = new ForgedTokens(Keepers.SECRET, new SystemTime());
        tokens.put(Who.EXPIRED, forged.expired(userId("owner")));
        tokens.put(Who.OTHER_CLUSTER, forged.forCluster("another", userId("owner")));
        tokens.put(Who.BAD_SIGNATURE, forged.signedBy("f".repeat(64), userId("owner")));
        tokens.put(Who.ALG_NONE, forged.unsigned(userId("owner")));
        tokens.put(Who.HUGE_TOKEN, "a".repeat(5_000));
        tokens.put(Who.REVOKED, revoked());
        tokens.put(Who.WRONG_SCOPE, token("monitor"));
        tokens.put(Who.OTHER_USER, token("other"));
        tokens.put(Who.MEMBER, token("member"));
        tokens.put(Who.OWNER, token("owner"));
        tokens.put(Who.ADMIN, admin);
    }

    @AfterAll
    void close() {
        door.close();
    }

    private String userId(String name) {
        door.token = admin;
        return door.get("/auth/users/" + name).json().get("uuid").asText();
    }

    private String token(String user) {
        return issued(user).get("token").asText();
    }

    private JsonNode issued(String user) {
        door.token = admin;
        return door.send("POST", "/auth/tokens", "{\"user\":\"" + user + "\"}").json();
    }

    private String revoked() {
        JsonNode issued = issued("owner");
        assertThat(door.send("DELETE", "/auth/tokens/" + issued.get("id").asText(), "")
                        .status())
                .isEqualTo(204);
        return issued.get("token").asText();
    }

    @Test
    void everyRouteSaysWhoMayUseIt() {
        for (Route route : door.door.table().routes()) {
            if (route.access() != Access.NODE) {
                assertThat(ROWS).containsKey(route.method() + " " + route.template());
            }
        }
    }

    @Test
    void everyCallerGetsWhatTheTableSays() {
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (Route route : door.door.table().routes()) {
            String name = route.method() + " " + route.template();
            Row row = ROWS.get(name);
            if (row == null) {
                continue;
            }
            for (Who who : Who.values()) {
                String expected =
                        route.access() == Access.OPEN || route.access() == Access.LOGIN ? PASSES : row.of(who);
                String outcome = ask(route, name, who);
                if (!fits(name, expected, outcome)) {
                    wrong.add(name + " by " + who + ": " + outcome + " instead of " + expected);
                }
                asked++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(500);
        assertThat(refusals).contains("anonymous GET /kv/{key}", "other PUT /kv/{key}", "other GET /metrics");
    }

    /** A login with a wrong password is refused whoever asks; what passes may still find nothing, or nothing to do. */
    private static boolean fits(String name, String expected, String outcome) {
        if (name.equals("POST /auth/login")) {
            return outcome.equals(UNAUTHORIZED) || outcome.equals("429 rate_limited");
        }
        if (!expected.equals(PASSES)) {
            return outcome.equals(expected);
        }
        return !outcome.startsWith("401") && !outcome.startsWith("403") && !outcome.equals(UNSEEN);
    }

    private String ask(Route route, String name, Who who) {
        String key = "matrix/k" + keys.incrementAndGet();
        boolean keyed = route.template().contains(Route.KEY);
        String revision =
                keyed || name.equals("POST /kv/_batch") || name.equals("POST /kv/_import") ? ownedByOwner(key) : "";
        String target = route.template()
                .replace(Route.KEY, key)
                .replace(Route.ID, "nothing")
                .replace(Route.REST, "keys");
        if (name.equals("GET /auth/can")) {
            target += "?verb=read&key=a";
        } else if (name.equals("DELETE /auth/policies")) {
            target += "?prefix=nothing";
        }
        String body = route.takesBody()
                ? BODIES.getOrDefault(name, "{}")
                        .replace("%s", revision)
                        .replace("%k", key)
                        .replace("%n", "n" + keys.incrementAndGet())
                : "";
        String type =
                route.mediaTypes().isEmpty() ? "text/plain" : route.mediaTypes().getFirst();
        // A watch that is allowed has no end; its head says the same.
        String method = route.lane() == Route.Lane.WATCH ? "HEAD" : route.method();
        door.token = tokens.getOrDefault(who, "");
        if (name.equals("POST /admin/compact") && who == Who.ADMIN) {
            return "204";
        }
        if (who == Who.NODE_SIGNATURE) {
            return door.send(method, target, body, "Content-Type", type, "Authorization", "KVS-Session 1 2 3")
                    .outcome();
        }
        return door.send(method, target, body, "Content-Type", type).outcome();
    }

    /** Stores a value that belongs to the owner and the group. */
    private String ownedByOwner(String key) {
        door.token = tokens.get(Who.OWNER);
        Answer stored = door.put("/kv/" + key, "{\"n\":1}");
        if (stored.status() != 201) {
            fail(stored.outcome());
        }
        assertThat(door.put("/kv/" + key + "/_metadata", "{\"group\":\"staff\",\"mode\":\"cdwr--wr----\"}")
                        .status())
                .isEqualTo(200);
        return stored.json().get("uuid").asText();
    }

    @Test
    void whoMayReadTheAuditLogMayDoNothingElseOfAnAdministrator() {
        door.token = admin;
        assertThat(door.send("POST", "/auth/users", "{\"name\":\"auditor\",\"scopes\":[\"admin:audit:read\"]}")
                        .status())
                .isEqualTo(201);
        door.token = token("auditor");
        assertThat(door.get("/audit").outcome())
                .isEqualTo(door.send("POST", "/audit/_verify", "").outcome());
        assertThat(door.get("/audit").status()).isNotEqualTo(403);
        for (String other : List.of("/conflicts", "/admin/config", "/auth/users", "/kv/_ls", "/metrics")) {
            assertThat(door.get(other).status()).as(other).isEqualTo(403);
        }
    }

    @Test
    void nobodyPutsAnotherInRootsPlace() {
        door.token = admin;
        assertThat(door.send("POST", "/auth/users", "{\"name\":\"root\"}").outcome())
                .isEqualTo("409 name_taken");
        assertThat(door.send("POST", "/auth/groups", "{\"name\":\"admin\"}").outcome())
                .isEqualTo("409 name_taken");
        assertThat(door.get("/auth/whoami").json().get("user").asText()).isEqualTo("root");
    }

    @Test
    void whoIsMissingIsNamed() {
        door.token = admin;
        assertThat(door.send("POST", "/auth/groups", "{\"name\":\"cooks\",\"members\":[\"owner\",\"nobody\"]}")
                        .text())
                .contains("There is no user 'nobody'.");
        assertThat(door.send("PATCH", "/auth/users/owner", "{\"groups\":[\"nowhere\"]}")
                        .text())
                .contains("There is no group 'nowhere'.");
        assertThat(door.get("/auth/users/No%20Name").text()).contains("There is no user of this name.");
    }

    @Test
    void whatIsHiddenLooksAsIfItWereNotThere() {
        ownedByOwner("secret/plan");
        door.token = tokens.get(Who.OTHER_USER);
        for (String operation : List.of("", "/_history", "/_explain", "/_metadata")) {
            Answer hidden = door.get("/kv/secret/plan" + operation);
            Answer missing = door.get("/kv/secret/none" + operation);
            assertThat(hidden.status()).as(operation).isEqualTo(404).isEqualTo(missing.status());
            assertThat(withoutNames(hidden)).isEqualTo(withoutNames(missing));
        }
        assertThat(door.get("/kv/_ls").text()).doesNotContain("secret");
        assertThat(door.get("/kv/secret/_ls").text()).doesNotContain("plan");
        assertThat(door.get("/kv/_tree").text()).doesNotContain("secret");
        assertThat(door.get("/kv/_range").text()).doesNotContain("secret");
        door.token = tokens.get(Who.MEMBER);
        assertThat(door.get("/kv/_ls").text()).contains("secret");
        assertThat(door.get("/kv/_range?start_key=secret").text()).contains("secret/plan");
    }

    @Test
    void whoMayNotChangeAValueDoesNotLearnWhichNamesThereAre() {
        ownedByOwner("secret/names");
        for (Who who : List.of(Who.OTHER_USER, Who.MEMBER)) {
            door.token = tokens.get(who);
            for (String names : List.of("{\"owner\":\"%s\"}", "{\"group\":\"%s\"}")) {
                String known = names.formatted(names.contains("owner") ? "member" : "staff");
                Answer told = door.put("/kv/secret/names/_metadata", known);
                Answer refused = door.put("/kv/secret/names/_metadata", names.formatted("nobody"));
                assertThat(refused.outcome()).isEqualTo(told.outcome()).isNotEqualTo("200");
                assertThat(refused.json().get("detail")).isEqualTo(told.json().get("detail"));
            }
        }
        door.token = tokens.get(Who.OWNER);
        assertThat(door.put("/kv/secret/names/_metadata", "{\"owner\":\"nobody\"}")
                        .text())
                .contains("There is no user 'nobody'.");
    }

    private static String withoutNames(Answer answer) {
        return answer.json().get("detail").asText().replace("plan", "none");
    }

    @Test
    void aStrangerIsToldWhereTheTokenIsOnlyOnThisMachine() {
        door.token = "";
        Answer refused = door.get("/kv/a");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(refused.header("KVS-Token-File")).isEqualTo("/var/lib/kvs/root.token");
    }

    @Test
    void rightsThatAreTakenAwayAreGoneAtOnce() {
        String token = token("other");
        door.token = token;
        assertThat(door.get("/auth/whoami").status()).isEqualTo(200);
        door.token = admin;
        assertThat(door.send("PATCH", "/auth/users/other", "{\"disabled\":true}")
                        .status())
                .isEqualTo(200);
        door.token = token;
        assertThat(door.get("/auth/whoami").outcome()).isEqualTo(UNAUTHORIZED);
        door.token = admin;
        assertThat(door.send("PATCH", "/auth/users/other", "{\"disabled\":false}")
                        .status())
                .isEqualTo(200);
        door.token = token;
        assertThat(door.get("/auth/whoami").status()).isEqualTo(200);
    }
}
