package dev.kvs.process;

import static dev.kvs.process.ClusterOfProcesses.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kvs.client.AccessClient;
import dev.kvs.client.AuditFilter;
import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.process.KvsctlProcess.Result;
import dev.kvs.wire.AuditEntries;
import dev.kvs.wire.AuditReport;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.GroupRequest;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.SeedRequest;
import dev.kvs.wire.TokenInfo;
import dev.kvs.wire.TokenRequest;
import dev.kvs.wire.UserRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that ask everybody for a token. They are started once; each fact has users and keys of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {
    private static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static final String PASSWORD = "correct horse battery";

    /** More than it takes for the waits between attempts to grow longer than an attempt. */
    private static final int ATTEMPTS_MAX = 12;

    private static final int FREE_FAILURES = 5;

    private ClusterOfProcesses cluster;
    private Path folder;
    private final List<KvsClient> clients = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        cluster = new ClusterOfProcesses(
                folder,
                2,
                "auth_enabled: true",
                "cluster_secret: \"" + SECRET + "\"",
                "rate_limit_requests: 100000",
                "conflict_seeding_enabled: true");
        cluster.start();
    }

    @AfterAll
    void stop() {
        clients.forEach(KvsClient::close);
        cluster.close();
    }

    private KvsClient as(String token, int number) {
        KvsClient client = KvsClient.builder(cluster.node(number).url())
                .token(token)
                .retries(0)
                .build();
        clients.add(client);
        return client;
    }

    private KvsClient root(int number) throws IOException {
        return as(Files.readString(rootToken(number)).strip(), number);
    }

    private Path rootToken(int number) {
        return cluster.node(number).data().resolve("root.token");
    }

    /** Makes a user on the first node and gives a token of his that is good on both. */
    private String user(String name, String... groups) throws IOException {
        AccessClient access = root(1).access();
        access.createUser(new UserRequest(name, null, null, List.of(groups), null));
        TokenInfo token = access.createToken(new TokenRequest(name, null, null, null));
        String text = String.valueOf(token.token());
        AccessClient there = as(text, 2).access();
        within(name + "'s token is good on the other node")
                .until(() -> there.whoAmI().groups().size() == groups.length);
        return text;
    }

    private KvsctlProcess kvsctl(String home, int number) throws IOException {
        return new KvsctlProcess(Files.createDirectories(folder.resolve("homes").resolve(home)))
                .env("KVSCTL_SERVER", cluster.node(number).url());
    }

    private static ErrorCode refusal(Runnable call) {
        var refused = catchThrowableOfType(KvsClientException.Refused.class, call::run);
        return refused.code().orElseThrow();
    }

    @Test
    void rootsTokenCanBeReadByItsOwnerAlone() throws Exception {
        for (int number = 1; number <= 2; number++) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rootToken(number))))
                    .isEqualTo("rw-------");
            assertThat(cluster.node(number).output())
                    .doesNotContain(Files.readString(rootToken(number)).strip());
        }
        assertThat(root(1).access().whoAmI().scopes()).containsExactly("admin:*");
    }

    @Test
    void kvsctlNeedsNoTokenOnTheNodesOwnMachine() throws Exception {
        KvsctlProcess kvsctl = kvsctl("nobody", 1);
        kvsctl.ok("put local/a", "{\"n\":1}");
        assertThat(kvsctl.ok("get local/a")).isEqualTo("{\"n\":1}\n");
        assertThat(kvsctl.ok("whoami --pointer /user")).isEqualTo("\"root\"\n");
        assertThat(refusal(() -> cluster.client(1).get("local/a"))).isEqualTo(ErrorCode.UNAUTHORIZED);
    }

    @Test
    void whoOwnsTheFilesGetsATokenOfRootsAtAnyTime() throws Exception {
        Result minted = new KvsctlProcess(folder)
                .run(new ProcessBuilder(
                        NodeProcess.ROOT.resolve("kvs-server/bin/kvs").toString(),
                        "root-token",
                        folder.resolve("node1/config.yaml").toString()));
        assertThat(minted.code()).as(minted.err()).isZero();
        assertThat(minted.out()).hasLineCount(1);
        assertThat(as(minted.out().strip(), 1).access().whoAmI().user()).isEqualTo("root");
        assertThat(as(minted.out().strip(), 2).access().whoAmI().user()).isEqualTo("root");
    }

    @Test
    void aUserMadeOnOneNodeLogsInOnAnotherAndOutOfBoth() throws Exception {
        kvsctl("nobody", 1).input(PASSWORD + "\n").ok("user create ada --password-file -");
        AccessClient there = root(2).access();
        within("ada has a password on the other node")
                .until(() -> there.user("ada").filter(user -> user.password()).isPresent());
        KvsctlProcess ada = kvsctl("ada", 2).input(PASSWORD + "\n");
        ada.ok("login ada --password-file -");
        assertThat(ada.ok("whoami --pointer /user")).isEqualTo("\"ada\"\n");
        ada.ok("put ada/a 1");
        assertThat(ada.ok("acl get ada/a --pointer /owner")).isEqualTo("\"ada\"\n");
        assertThat(ada.run("user list").code()).isEqualTo(4);
        UUID id = UUID.fromString(ada.ok("whoami --pointer /token").strip().replace("\"", ""));
        ada.ok("logout");
        assertThat(there.token(id)).isEmpty();
        assertThat(ada.ok("whoami --pointer /user")).isEqualTo("\"root\"\n");
    }

    @Test
    void aTokenRevokedOnOneNodeIsRefusedOnAnother() throws Exception {
        user("bob");
        TokenInfo token = root(1).access().createToken(new TokenRequest("bob", "to be revoked", null, null));
        KvsClient here = as(String.valueOf(token.token()), 1);
        KvsClient there = as(String.valueOf(token.token()), 2);
        assertThat(there.access().whoAmI().token()).isEqualTo(token.id());
        root(1).access().revokeToken(token.id());
        assertThat(refusal(() -> here.access().whoAmI())).isEqualTo(ErrorCode.UNAUTHORIZED);
        within("the other node refuses it").until(() -> isRefused(there));
    }

    @Test
    void allTokensOfAUserEndTogether() throws Exception {
        KvsClient there = as(user("vera"), 2);
        TokenInfo second = root(1).access().createToken(new TokenRequest("vera", "a second one", null, null));
        KvsClient here = as(String.valueOf(second.token()), 1);
        assertThat(refusal(() -> here.access().revokeTokens("root"))).isEqualTo(ErrorCode.FORBIDDEN);
        here.access().revokeTokens("vera");
        assertThat(isRefused(here)).isTrue();
        within("the other node refuses the other token too").until(() -> isRefused(there));
    }

    @Test
    void theAuditLogShowsThatAStrangerTried() throws Exception {
        KvsClient stranger = cluster.client(1);
        for (Runnable attempt : List.<Runnable>of(
                () -> stranger.get("tried/a"), () -> stranger.put("tried/a", "1"), stranger::config)) {
            assertThat(refusal(attempt)).isEqualTo(ErrorCode.UNAUTHORIZED);
        }
        assertThat(refusal(() -> stranger.access().login("tried-to-be", PASSWORD)))
                .isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(entries(1, "refused"))
                .contains(
                        "GET /kv/{key}: unauthorized",
                        "PUT /kv/{key}: unauthorized",
                        "GET /admin/config: unauthorized");
        assertThat(entries(1, "login_failed")).contains("POST /auth/login: unauthorized");
        assertThat(root(2).verifyAudit().ok()).isTrue();
        AuditReport verified = root(1).verifyAudit();
        assertThat(verified.ok()).isTrue();
        assertThat(verified.silent()).isEmpty();
    }

    @Test
    void whoAsksForTheProofOfRootsTokenIsWrittenDownAsThat() throws Exception {
        kvsctl("nobody", 1).ok("sync status");
        assertThat(entries(1, "refused"))
                .contains("proof of root.token: unauthorized")
                .noneMatch(what -> what.startsWith("GET /sync/status"));
    }

    @Test
    void permissionsThatLoseAConflictAreAFinding() throws Exception {
        root(1).put("finding/a", "1");
        within("the document is on the other node")
                .until(() -> root(2).get("finding/a").isPresent());
        root(2).seedConflict(new SeedRequest("finding/a", new RawJson("2"), null, null));
        within("the other node has met the conflict")
                .until(() -> entries(1, "policy").stream()
                        .anyMatch(what -> what.startsWith("permissions cdwr--wr---- have lost a conflict")));
    }

    private List<String> entries(int number, String kind) throws IOException {
        return root(number)
                .auditEntries(new AuditFilter(null, null, null, kind, AuditEntries.LIMIT_DEFAULT, null))
                .map(entry -> String.valueOf(entry.detail()).replace("from 127.0.0.1: ", ""))
                .toList();
    }

    @Test
    void theTokensOfADisabledUserAreRefusedOnEveryNode() throws Exception {
        KvsClient there = as(user("dora"), 2);
        kvsctl("nobody", 1).ok("user update dora --disable");
        within("the other node refuses dora").until(() -> isRefused(there));
        kvsctl("nobody", 1).ok("user update dora --enable");
        within("the other node lets dora in again")
                .until(() -> there.access().whoAmI().user().equals("dora"));
    }

    private static boolean isRefused(KvsClient client) {
        try {
            client.access().whoAmI();
            return false;
        } catch (KvsClientException.Refused refused) {
            return refused.is(ErrorCode.UNAUTHORIZED);
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndTheNextAttemptsHaveToWait() throws Exception {
        root(1).access().createUser(new UserRequest("frank", PASSWORD, null, null, null));
        AccessClient access = cluster.client(1).access();
        List<ErrorCode> answers = new ArrayList<>();
        while (!answers.contains(ErrorCode.RATE_LIMITED) && answers.size() < ATTEMPTS_MAX) {
            answers.add(refusal(() -> access.login("frank", "a wrong password")));
        }
        assertThat(answers.subList(0, FREE_FAILURES)).containsOnly(ErrorCode.UNAUTHORIZED);
        assertThat(answers).contains(ErrorCode.RATE_LIMITED);
        Result slowed = kvsctl("frank", 1).input("a wrong password\n").run("login frank --password-file -");
        assertThat(slowed.code()).isIn(1, 4);
        assertThat(refusal(() -> access.login("nobody-of-this-name", PASSWORD))).isEqualTo(ErrorCode.UNAUTHORIZED);
    }

    @Test
    void ownerGroupAndOthersMayWhatTheBitsSay() throws Exception {
        root(1).access().createGroup(new GroupRequest("cooks", null));
        String owner = user("olga");
        String member = user("gina", "cooks");
        String other = user("otto");
        as(owner, 1).put("kitchen/crepes", "{\"eggs\":3}");
        as(owner, 1).put("kitchen/open/bread", "1");
        KvsctlProcess olga = kvsctl("olga", 1).env("KVSCTL_TOKEN", owner);
        olga.ok("acl set kitchen/crepes --group cooks --mode cdwr---r----");
        olga.ok("acl set kitchen/open/bread --mode cdwr-------r");
        assertThat(as(member, 1).get("kitchen/crepes")).isPresent();
        assertThat(refusal(() -> as(member, 1).put("kitchen/crepes", "0"))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(as(other, 1).get("kitchen/crepes")).isEmpty();
        assertThat(as(other, 1).history("kitchen/crepes")).isEmpty();
        assertThat(as(other, 1).access().metadata("kitchen/crepes")).isEmpty();
        assertThat(refusal(() -> as(other, 1).put("kitchen/crepes", "0"))).isEqualTo(ErrorCode.FORBIDDEN);
        KvsctlProcess otto = kvsctl("otto", 2).env("KVSCTL_TOKEN", other);
        within("the permissions have reached the other node")
                .until(() -> as(other, 2).get("kitchen/open/bread").isPresent());
        assertThat(otto.ok("ls -r kitchen -o name")).isEqualTo("kitchen/open/bread\n");
        assertThat(otto.run("get kitchen/crepes").code()).isEqualTo(3);
        assertThat(otto.run("put kitchen/open/bread 2").code()).isEqualTo(4);
        assertThat(otto.run("acl set kitchen/open/bread --mode fff").code()).isEqualTo(4);
        assertThat(otto.run("acl check kitchen/open/bread --verb write").code()).isEqualTo(7);
        assertThat(otto.run("acl check kitchen/open/bread --user olga").code()).isEqualTo(4);
        assertThat(kvsctl("gina", 1).env("KVSCTL_TOKEN", member).ok("ls kitchen -o name"))
                .isEqualTo("kitchen/crepes\nkitchen/open\n");
        assertThat(otto.ok("ls kitchen -o name")).isEqualTo("kitchen/open\n");
        assertThat(as(owner, 1).children("kitchen")).hasSize(2);
    }

    @Test
    void aPolicyDecidesWhoMayCreateBelowAPrefix() throws Exception {
        String outsider = user("ophelia");
        String insider = user("ines");
        KvsctlProcess root = kvsctl("nobody", 1);
        root.ok("policy set vault --owner ines --mode c----------- --value-mode cdwr--------");
        as(insider, 1).put("vault/a", "1");
        assertThat(refusal(() -> as(outsider, 1).put("vault/b", "1"))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(root.ok("acl get vault/a --pointer /mode")).isEqualTo("\"cdwr--------\"\n");
        root.ok("policy delete vault --yes");
        as(outsider, 1).put("vault/b", "1");
    }
}
