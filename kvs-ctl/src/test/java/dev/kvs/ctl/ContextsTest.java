package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contexts: what is kept, what counts before what, and that a protected one is not destroyed by mistake. */
class ContextsTest {
    @TempDir
    Path folder;

    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    @AutoClose
    private final ScriptedNode other = new ScriptedNode();

    @BeforeEach
    void startsTwoNodes() {
        node.store.seed("who", "\"node\"");
        other.store.seed("who", "\"other\"");
    }

    private Invocation invocation() {
        return new Invocation().env("XDG_CONFIG_HOME", folder.toString()).env("KVSCTL_RETRIES", "0");
    }

    private Invocation.Result run(String line) {
        return invocation().run(line);
    }

    private String ok(String line) {
        Invocation.Result result = run(line);
        assertThat(result.code()).as(line + "\n" + result.err()).isZero();
        return result.out();
    }

    private Path config() {
        return folder.resolve("kvsctl/config.yaml");
    }

    private Path secret(String name, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve(name), name + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aFlagCountsBeforeTheEnvironmentAndThatBeforeTheContext() {
        ok("context set staging -s " + node.url());
        ok("context set other -s " + other.url());
        assertThat(run("get who -s http://127.0.0.1:1 -c staging").code()).isEqualTo(6);
        assertThat(ok("get who -c staging")).isEqualTo("\"node\"\n");
        ok("context use other");
        assertThat(ok("get who")).isEqualTo("\"other\"\n");
        assertThat(ok("get who --context staging")).isEqualTo("\"node\"\n");
        assertThat(invocation().env("KVSCTL_CONTEXT", "staging").run("get who").out())
                .isEqualTo("\"node\"\n");
        assertThat(invocation()
                        .env("KVSCTL_CONTEXT", "staging")
                        .run("get who -c other")
                        .out())
                .isEqualTo("\"other\"\n");
        Invocation.Result overridden =
                invocation().env("KVSCTL_SERVER", node.url()).run("get who -c other");
        assertThat(overridden.out()).isEqualTo("\"node\"\n");
        assertThat(overridden.err()).contains("KVSCTL_SERVER", "other").hasLineCount(1);
        assertThat(invocation().env("KVSCTL_SERVER", node.url()).run("get who").err())
                .isEmpty();
        assertThat(run("get who -c nowhere").code()).isEqualTo(2);
        assertThat(run("get who -c '' --show-curl").err()).contains("'http://127.0.0.1:8080/kv/who");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "show staging", "set staging --protect", "use staging"})
    void everyCommandSpeaksEveryFormat(String words) {
        ok("context set staging -s " + node.url());
        ok("context use staging");
        String command = "context " + words;
        assertThat(Parsed.json(ok(command + " -o json")).isObject()).isTrue();
        assertThat(Parsed.ndjson(ok(command + " -o ndjson"))).isNotEmpty().allMatch(JsonNode::isObject);
        assertThat(Parsed.yaml(ok(command + " -o yaml"))).isInstanceOf(Map.class);
        assertThat(Parsed.json(ok(command + " -o raw")).isObject()).isTrue();
        assertThat(Parsed.table(ok(command + " -o table")).getFirst()).containsEntry("NAME", "staging");
        assertThat(Parsed.table(ok(command + " -o wide")).getFirst()).containsKey("TOKEN_FILE");
        assertThat(ok(command + " -o name")).isEqualTo("staging\n");
        assertThat(ok(command + " --help")).contains("Example");
    }

    @Test
    void aContextIsKeptChangedAndForgotten() throws IOException {
        ok("context set staging -s " + node.url() + " --cacert ca.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config())))
                .isEqualTo("rw-------");
        ok("context set staging --protect");
        JsonNode kept = Parsed.json(ok("context show staging -o json"));
        assertThat(kept.get("server").textValue()).isEqualTo(node.url());
        assertThat(kept.get("cacert").textValue())
                .isEqualTo(Path.of("ca.pem").toAbsolutePath().toString());
        assertThat(kept.get("protected").booleanValue()).isTrue();
        ok("context set staging --unprotect --cacert ''");
        kept = Parsed.json(ok("context show staging -o json"));
        assertThat(kept.has("cacert")).isFalse();
        assertThat(kept.get("protected").booleanValue()).isFalse();
        ok("context set staging --protect --dry-run");
        assertThat(Parsed.json(ok("context show staging -o json"))).isEqualTo(kept);
        ok("context use staging");
        assertThat(ok("context delete staging -o json")).contains("deleted");
        assertThat(Parsed.json(ok("context list -o json")).get("contexts")).isEmpty();
        assertThat(run("context show").code()).isEqualTo(3);
        assertThat(run("context use staging").code()).isEqualTo(3);
        assertThat(run("context delete staging").code()).isEqualTo(3);
        assertThat(node.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "context set",
                "context set a",
                "context set 'a b' -s http://h:1",
                "context set a -s h:1",
                "context set a -s http://h:1 --protect --unprotect",
                "context"
            })
    void whatIsNotValidIsRefusedAndKeepsNothing(String line) {
        assertThat(run(line).code()).isEqualTo(2);
        assertThat(config()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contexts: [",
                "- 1",
                "contexts: 5",
                "context: {}",
                "contexts: {a: {sever: x}}",
                "contexts: {a: {protected: perhaps}}",
                "contexts: {'a b': {}}",
                "contexts: {a: {}, a: {}}",
                "current: gone"
            })
    void aFileThatIsNotUnderstoodIsRefusedAndNamed(String text) throws IOException {
        Files.createDirectories(config().getParent());
        Files.writeString(config(), text);
        Invocation.Result result = run("get who");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("kvsctl: ").hasLineCount(1);
        assertThat(Files.readString(config())).isEqualTo(text);
    }

    @Test
    void aTokenOfAContextGoesToItsServersAlone() throws IOException {
        ok("context set staging -s " + node.url() + " --token-file " + secret("first", "rw-------"));
        ok("get who -c staging");
        ok("get who -c staging -s " + other.url());
        assertThat(node.tokens).containsExactly("Bearer first");
        assertThat(other.tokens).isEmpty();
        invocation().input("second\n").run("context set staging --token-file -");
        assertThat(Files.readString(config())).doesNotContain("second");
        Path kept = folder.resolve("kvsctl/tokens/staging@context");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        ok("get who -c staging");
        assertThat(invocation()
                        .env("KVSCTL_TOKEN", "variable")
                        .run("get who -c staging")
                        .code())
                .isZero();
        ok("get who -c staging --token-file " + secret("flag", "rw-------"));
        assertThat(node.tokens).containsExactly("Bearer first", "Bearer second", "Bearer variable", "Bearer flag");
        ok("context delete staging");
        assertThat(kept).doesNotExist();
    }

    @Test
    void aTokenThatOthersMayReadIsRefused() throws IOException {
        for (String permissions : List.of("rw-r-----", "rw----r--", "rw-r--r--")) {
            Path file = secret("token", permissions);
            Invocation.Result result = run("get who -s " + node.url() + " --token-file " + file);
            assertThat(result.code()).as(permissions).isEqualTo(2);
            assertThat(result.err()).contains("chmod 600 " + file);
        }
        Files.writeString(folder.resolve("password"), "s3cret");
        ok("login ada --password-file " + folder.resolve("password") + " -s " + node.url());
        try (var files = Files.list(folder.resolve("kvsctl/tokens"))) {
            Files.setPosixFilePermissions(files.toList().getFirst(), PosixFilePermissions.fromString("rw-r--r--"));
        }
        assertThat(run("get who -s " + node.url()).err()).contains("chmod 600");
        assertThat(node.tokens).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "del who",
                "user delete ada --yes",
                "token revoke 01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f --yes",
                "mode set read-only",
                "import - --mode overwrite",
                "bench --keys 1 --duration 1ms",
                "context delete production"
            })
    void whatDestroysAsksForTheNameOfAProtectedContext(String line) {
        ok("context set production --protect -s http://127.0.0.1:1," + node.url());
        for (String target : List.of(" -c production", " -s " + node.url())) {
            Invocation.Result refused = run(line + target);
            assertThat(refused.code()).as(line).isEqualTo(2);
            assertThat(refused.err()).contains("production", "--confirm production");
            assertThat(run(line + target + " --confirm prod").code()).isEqualTo(2);
        }
        for (String answer : List.of("y\n", "prod\n", "")) {
            assertThat(invocation()
                            .onTerminal()
                            .input(answer)
                            .run(line + " -c production")
                            .code())
                    .isEqualTo(130);
        }
        assertThat(node.requests).isEmpty();
        assertThat(ok("context list -o name")).isEqualTo("production\n");
        String input = line.startsWith("import") ? "" : "production\n";
        assertThat(invocation()
                        .input(input)
                        .run(line + " -c production --confirm production --timeout 5s")
                        .code())
                .isIn(0, 6);
    }

    @Test
    void whatOnlyReadsDoesNotAsk() {
        ok("context set production --protect -s " + node.url());
        assertThat(ok("get who -c production")).isEqualTo("\"node\"\n");
        ok("del who -c production --dry-run");
        assertThat(invocation()
                        .onTerminal()
                        .input("production\n")
                        .run("del who -c production")
                        .code())
                .isZero();
        assertThat(node.store.liveKeys()).isEmpty();
    }

    @Test
    void aLoginThatCouldNotBeKeptIsNotAskedForOrIsRevoked() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "s3cret");
        String line = "login ada --password-file " + password + " -s " + node.url();
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(new Invocation()
                        .env("XDG_CONFIG_HOME", file.toString())
                        .run(line)
                        .code())
                .isEqualTo(2);
        assertThat(node.requests).isEmpty();
        ok(line);
        Path token;
        try (var files = Files.list(folder.resolve("kvsctl/tokens"))) {
            token = files.toList().getFirst();
        }
        Files.delete(token);
        Files.createDirectories(token.resolve("in/the/way"));
        node.requests.clear();
        assertThat(run(line).code()).isEqualTo(1);
        assertThat(node.requests).contains("DELETE /auth/tokens/" + ScriptedAccess.ID);
    }

    @Test
    void whoHasNoHomeIsToldWhereTheTokenWouldGo() {
        Invocation.Result result = Invocation.at(node).run("login ada --password-file /dev/null");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("XDG_CONFIG_HOME");
    }
}
