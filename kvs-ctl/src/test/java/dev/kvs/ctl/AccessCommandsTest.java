package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.GroupRequest;
import dev.kvs.wire.MetadataRequest;
import dev.kvs.wire.TokenRequest;
import dev.kvs.wire.UserRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about users, tokens and permissions: every format, every exit code that is theirs, and no secret shown. */
class AccessCommandsTest {
    private static final String ID = ScriptedAccess.ID.toString();
    private static final String BEARER = "Bearer " + ScriptedAccess.TOKEN;

    @TempDir
    Path folder;

    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    @BeforeEach
    void startsANode() throws IOException {
        node.store.seed("users/ada", "{}");
        Files.writeString(folder.resolve("password"), "s3cret\n");
    }

    private Invocation invocation() {
        return Invocation.at(node).env("XDG_CONFIG_HOME", folder.toString());
    }

    private Invocation.Result run(String line) {
        return invocation()
                .run(line.replace("PASSWORD", folder.resolve("password").toString())
                        .replace("ID", ID));
    }

    private String ok(String line) {
        Invocation.Result result = run(line);
        assertThat(result.code()).as(line + "\n" + result.err()).isZero();
        return result.out();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login ada --password-file PASSWORD",
                "whoami",
                "user list",
                "user show ada",
                "user create bob --scopes read,write --groups cooks --no-password",
                "user create bob --password-file PASSWORD",
                "user update ada --scopes '' --disable",
                "user delete ada --yes",
                "group list",
                "group show cooks",
                "group create cooks --members ada,bob",
                "group update cooks --members ''",
                "group delete cooks --yes",
                "token list",
                "token create --user ada --scopes read --ttl 30d --label 'two words'",
                "token revoke ID --yes",
                "token revoke --user ada --yes",
                "acl get users/ada",
                "acl set users/ada --owner ada --group '' --mode f30 --ttl 0",
                "acl check users/ada --verb read --user ada",
                "policy list",
                "policy set recipes --group cooks --mode c---c------- --value-mode f30",
                "policy delete recipes --yes",
                "user create carl --no-password --dry-run",
                "acl set users/ada --mode f30 --dry-run"
            })
    void everyCommandSpeaksEveryFormat(String command) {
        assertThat(Parsed.json(ok("-o json " + command)).isObject()).isTrue();
        assertThat(Parsed.ndjson(ok(command + " -o ndjson"))).isNotEmpty().allMatch(JsonNode::isObject);
        assertThat(Parsed.yaml(ok("-o yaml " + command))).isInstanceOf(Map.class);
        assertThat(Parsed.json(ok("-o raw " + command)).isObject()).isTrue();
        assertThat(Parsed.table(ok("-o table " + command))).isNotEmpty();
        assertThat(Parsed.table(ok("-o wide " + command))).isNotEmpty();
        assertThat(ok("-o name " + command)).doesNotContain("\t").doesNotContain("{");
        assertThat(ok(command + " --help")).contains("Example").contains("kvsctl ");
    }

    @Test
    void aLogoutSpeaksEveryFormatToo() {
        for (String format : List.of("json", "ndjson", "yaml", "raw", "table", "wide", "name")) {
            ok("login ada --password-file PASSWORD");
            String out = ok("logout -o " + format);
            switch (format) {
                case "json", "ndjson", "raw" ->
                    assertThat(Parsed.json(out).get("result").textValue()).isEqualTo("revoked");
                case "yaml" -> assertThat(Parsed.yaml(out)).isInstanceOf(Map.class);
                case "name" -> assertThat(out).isEqualTo(node.url() + "\n");
                default -> assertThat(Parsed.table(out).getFirst()).containsEntry("RESULT", "revoked");
            }
        }
        assertThat(ok("logout --help")).contains("Example");
    }

    @Test
    void listsAreListsInJsonAndOneCellInTables() {
        JsonNode ada = Parsed.json(ok("user show ada -o json"));
        assertThat(ada.get("scopes")).extracting(JsonNode::textValue).containsExactly("read", "write");
        assertThat(ada.get("password").booleanValue()).isTrue();
        assertThat(Parsed.table(ok("user list")).getFirst()).containsEntry("SCOPES", "read,write");
        assertThat(ok("user show ada --pointer /groups")).isEqualTo("[\"cooks\"]\n");
    }

    @Test
    void aLoginIsKeptForItsServerAlone() throws IOException {
        assertThat(ok("login ada --password-file PASSWORD")).doesNotContain(ScriptedAccess.TOKEN);
        assertThat(node.tokens).isEmpty();
        try (Stream<Path> files = Files.list(folder.resolve("kvsctl/tokens"))) {
            Path file = files.toList().getFirst();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
            assertThat(Files.readString(file)).isEqualTo(ScriptedAccess.TOKEN + "\n");
        }
        ok("get users/ada");
        assertThat(node.tokens).containsExactly(BEARER);
        try (ScriptedNode other = new ScriptedNode()) {
            other.store.seed("users/ada", "{}");
            assertThat(run("get users/ada -s " + other.url()).code()).isZero();
            assertThat(other.tokens).isEmpty();
        }
        assertThat(invocation()
                        .env("KVSCTL_TOKEN", "of.the.environment")
                        .run("whoami")
                        .code())
                .isZero();
        assertThat(node.tokens).last().isEqualTo("Bearer of.the.environment");
    }

    @Test
    void aLogoutRevokesTheTokenOfTheLoginWhateverElseIsSet() {
        ok("login ada --password-file PASSWORD");
        assertThat(invocation().env("KVSCTL_TOKEN", "x.y.z").run("logout").code())
                .isZero();
        assertThat(node.requests).contains("DELETE /auth/tokens/" + ID);
        assertThat(node.tokens).isNotEmpty().allMatch(BEARER::equals);
        assertThat(run("logout").code()).isEqualTo(3);
        ok("get users/ada");
        assertThat(node.requests).hasSize(4);
        assertThat(node.tokens).hasSize(2);
    }

    @Test
    void aTokenThatIsRefusedIsForgottenAndOneThatCannotBeRevokedIsKept() {
        ok("login ada --password-file PASSWORD");
        node.refuse("/auth/whoami", ErrorCode.READ_ONLY);
        assertThat(run("logout").code()).isEqualTo(1);
        node.refuse("/auth/whoami", ErrorCode.UNAUTHORIZED);
        assertThat(ok("logout -o json --pointer /result")).isEqualTo("\"forgotten\"\n");
        assertThat(run("logout").code()).isEqualTo(3);
    }

    @Test
    void aWrongPasswordIsNotAllowedAndKeepsNothing() {
        assertThat(invocation()
                        .input("wrong\n")
                        .run("login ada --password-file -")
                        .code())
                .isEqualTo(4);
        assertThat(folder.resolve("kvsctl")).doesNotExist();
        assertThat(invocation()
                        .input("s3cret\r\n")
                        .run("login ada --password-file -")
                        .code())
                .isZero();
        node.refuse("/auth/login", ErrorCode.RATE_LIMITED);
        assertThat(run("login ada --password-file PASSWORD").code()).isEqualTo(1);
    }

    @Test
    void withoutATerminalNoPasswordIsAskedFor() {
        for (String line :
                List.of("login ada", "user create bob", "user update ada --password", "login ada --no-input")) {
            Invocation.Result result = run(line);
            assertThat(result.code()).as(line).isEqualTo(2);
            assertThat(result.err()).contains("--password-file");
        }
        assertThat(node.requests).isEmpty();
    }

    @Test
    void noPasswordAndNoTokenIsToldToAnybodyElse() {
        for (String line : List.of(
                "login ada --password-file PASSWORD",
                "user create bob --password-file PASSWORD",
                "user update ada --password-file PASSWORD")) {
            Invocation.Result result = run(line + " -v --show-curl");
            assertThat(result.code()).isZero();
            assertThat(result.err()).contains("curl -sS -X").doesNotContain("s3cret");
            assertThat(result.out()).doesNotContain("s3cret").doesNotContain(ScriptedAccess.TOKEN);
        }
        assertThat(node.access.bodies).last().isInstanceOf(UserRequest.class);
        assertThat(((UserRequest) node.access.bodies.getLast()).password()).isEqualTo("s3cret");
    }

    @Test
    void aNewTokenGoesAloneIntoAPipe() {
        assertThat(ok("token create")).isEqualTo(ScriptedAccess.TOKEN + "\n");
        assertThat(ok("token create -q")).isEqualTo(ScriptedAccess.TOKEN + "\n");
        assertThat(Parsed.json(ok("token create -o json")).get("token").textValue())
                .isEqualTo(ScriptedAccess.TOKEN);
        assertThat(ok("token create -o table")).doesNotContain(ScriptedAccess.TOKEN);
        Invocation.Result seen = invocation().onTerminal().run("token create");
        assertThat(seen.out()).isEqualTo(ScriptedAccess.TOKEN + "\n");
        assertThat(seen.err()).contains(ID).contains("not shown again").doesNotContain(ScriptedAccess.TOKEN);
        assertThat(run("token create").err()).isEmpty();
    }

    @Test
    void whatWasNotNamedIsNotSent() {
        ok("user update ada --enable");
        assertThat(node.access.bodies).last().isEqualTo(new UserRequest(null, null, null, null, false));
        ok("user update ada --groups ''");
        assertThat(node.access.bodies).last().isEqualTo(new UserRequest(null, null, null, List.of(), null));
        ok("group create cooks");
        assertThat(node.access.bodies).last().isEqualTo(new GroupRequest("cooks", null));
        ok("token create");
        assertThat(node.access.bodies).last().isEqualTo(new TokenRequest(null, null, null, null));
        ok("acl set users/ada --owner ''");
        assertThat(node.access.bodies).last().isEqualTo(new MetadataRequest("", null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user delete ada",
                "group delete cooks",
                "token revoke ID",
                "token revoke --user ada",
                "policy delete recipes"
            })
    void whatCannotBeTakenBackIsAskedOrNeedsYes(String line) {
        Invocation.Result refused = run(line);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--yes");
        String words = line.replace("ID", ID);
        assertThat(invocation()
                        .onTerminal()
                        .input("y\n")
                        .run(words + " --no-input")
                        .code())
                .isEqualTo(2);
        for (String no : List.of("n\n", "\n", "")) {
            assertThat(invocation().onTerminal().input(no).run(words).code()).isEqualTo(130);
        }
        assertThat(node.requests).isEmpty();
        Invocation.Result asked = invocation().onTerminal().input("y\n").run(words);
        assertThat(asked.code()).isZero();
        assertThat(asked.err()).contains("[y/N]");
        assertThat(node.requests).hasSize(1).allMatch(request -> request.startsWith("DELETE "));
    }

    @Test
    void aDryRunSendsNothing() {
        for (String line : List.of(
                "login ada",
                "user create bob",
                "user update ada --password",
                "user delete ada",
                "group create cooks",
                "group update cooks --members ada",
                "group delete cooks",
                "token create",
                "token revoke ID",
                "token revoke --user ada",
                "acl set users/ada --ttl 1h",
                "policy set recipes --mode f30 --value-mode f30",
                "policy delete recipes",
                "members leave",
                "members join http://10.0.0.1:8080/",
                "compact",
                "sync now")) {
            assertThat(ok(line + " --dry-run")).as(line).contains("would_");
        }
        assertThat(node.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user show nobody",
                "user update nobody --enable",
                "user delete nobody --yes",
                "group show none",
                "group update none --members ada",
                "group delete none --yes",
                "token revoke 01920000-0000-7000-0000-000000000001 --yes",
                "token revoke --user nobody --yes",
                "acl get nothing",
                "acl set nothing --mode f30",
                "policy delete none --yes",
                "logout"
            })
    void whatIsNotThereEndsWith3(String line) {
        assertThat(run(line).code()).as(line).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "/auth/users, FORBIDDEN, user list, 4",
        "/auth/users, UNAUTHORIZED, user show ada, 4",
        "/auth/users, NAME_TAKEN, user create ada --no-password, 5",
        "/auth/groups, NAME_TAKEN, group create cooks, 5",
        "/auth/groups, FORBIDDEN, group delete cooks --yes, 4",
        "/auth/tokens, FORBIDDEN, token create --user ada, 4",
        "/auth/tokens, USER_NOT_FOUND, token create --user nobody, 3",
        "/auth/whoami, UNAUTHORIZED, whoami, 4",
        "/auth/can, FORBIDDEN, acl check a --user ada, 4",
        "/auth/policies, GROUP_NOT_FOUND, policy set a --mode f30 --value-mode f30 --group x, 3",
        "/auth/policies, FORBIDDEN, policy list, 4",
        "/kv/users/ada, FORBIDDEN, acl set users/ada --mode fff, 4",
        "/kv/users/ada, PRECONDITION_FAILED, acl set users/ada --mode fff --if-match "
                + "01920000-0000-7000-0000-000000000001, 5"
    })
    void refusalsHaveTheirExitCodes(String path, ErrorCode code, String line, int exit) {
        node.refuse(path, code);
        assertThat(run(line).code()).isEqualTo(exit);
    }

    @Test
    void whatIsNotAllowedIsAFindingOfACheck() {
        Invocation.Result result = run("acl check users/ada --verb write -o json");
        assertThat(result.code()).isEqualTo(7);
        assertThat(Parsed.json(result.out()).get("allowed").booleanValue()).isFalse();
        ok("acl check users/ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login",
                "login ada --password-file /does/not/exist",
                "login ada --password-file - --token-file -",
                "user create",
                "user create bob --no-password --password-file PASSWORD",
                "user update ada",
                "user update ada --enable --disable",
                "group update cooks",
                "token create --ttl soon",
                "token revoke 1 --yes",
                "token revoke --yes",
                "token revoke 01920000-0000-7000-0000-000000000001 --user ada --yes",
                "acl set users/ada",
                "acl set users/ada --mode rwx",
                "acl set users/ada --mode 1234",
                "acl set users/ada --ttl soon",
                "acl set _x --mode f30",
                "acl check users/ada --verb admin",
                "policy set recipes --mode f30",
                "policy set recipes --mode f30 --value-mode x",
                "policy set a//b --mode f30 --value-mode f30"
            })
    void whatIsNotValidEndsWith2AndSendsNothing(String line) {
        Invocation.Result result = run(line);
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).startsWith("kvsctl: ").hasLineCount(1);
        assertThat(node.requests).isEmpty();
    }

    @Test
    void aPasswordFileOfSeveralLinesOrNoneIsNoPassword() throws IOException {
        for (String text : List.of("", "\n", "one\ntwo\n", "x".repeat(5000))) {
            Files.writeString(folder.resolve("password"), text);
            assertThat(run("login ada --password-file PASSWORD").code()).isEqualTo(2);
            assertThat(invocation()
                            .input(text)
                            .run("login ada --password-file -")
                            .code())
                    .isEqualTo(2);
        }
        assertThat(node.requests).isEmpty();
    }
}
