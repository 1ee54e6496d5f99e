package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell at a pseudo-terminal: what is typed, and what is seen. */
@Timeout(180)
class TerminalTest {
    private static final String TAB = "\t";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";

    @TempDir
    Path folder;

    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    private PseudoTerminal terminal;

    @BeforeEach
    void startsANode() {
        node.store.seed("users/ada", "\"Ada\"");
        node.store.seed("users/bob", "\"Bob\"");
    }

    @AfterEach
    void stopsIt() {
        if (terminal != null) {
            terminal.close();
        }
    }

    /** Starts the shell at a terminal so wide. */
    private void start(int columns) throws IOException {
        start(columns, "--color never");
    }

    private void start(int columns, String flags) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        terminal = new PseudoTerminal(
                java + " -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "
                        + System.getProperty("java.class.path") + " dev.kvs.ctl.Kvsctl shell " + flags,
                columns,
                Map.of("XDG_CONFIG_HOME", folder.toString(), "KVSCTL_SERVER", node.url(), "KVSCTL_TIMEOUT", "1m"));
    }

    private void type(String keys) throws IOException {
        terminal.type(keys);
    }

    private String await(String text) throws IOException {
        return terminal.await(text);
    }

    private void awaitEnd() throws IOException, InterruptedException {
        terminal.awaitEnd();
    }

    @Test
    void aPersonIsCompletedAskedForMoreAndInterrupted() throws Exception {
        start(120);
        await("node-1 normal /> ");
        type("get users/b" + TAB);
        await("users/bob");
        type("\r");
        await("\"Bob\"");
        await("/> ");
        type("put multi {\r");
        await("... ");
        type("\"x\": [1,\r");
        await("... ");
        type("2]}\r");
        await("/> ");
        assertThat(node.store.text("multi")).isEqualTo("{\n\"x\": [1,\n2]}");
        type("cd us" + TAB + "\r");
        await("/users> ");
        type("get a" + TAB + "\r");
        await("\"Ada\"");
        await("/users> ");
        type("nonsense that is not sent" + CTRL_C);
        await("/users> ");
        type("\\watch 3600 get ada\r");
        await("\"Ada\"");
        type(CTRL_C);
        await("/users> ");
        type("exit\r");
        awaitEnd();
    }

    @Test
    void whatACommandTakesIsHintedAtBehindTheCursor() throws Exception {
        start(120, "--color always");
        await("/> ");
        type("mv");
        await(" KEY TO");
        type(CTRL_C);
        await("/> ");
        type("diff ada --at ");
        await("TIME");
        type(CTRL_C);
        await("/> ");
        type("exit\r");
        awaitEnd();
    }

    @Test
    void theHistoryHoldsNoSecrets() throws Exception {
        start(120);
        await("/> ");
        for (String line : List.of(
                "put db/password \"hunter2\"",
                "put db {\"api_key\": \"hunter3\"}",
                " get users/ada -o yaml",
                "\\! KVSCTL_TOKEN=hunter4 true",
                "get users/bob",
                "token list -q")) {
            type(line + "\r");
            await("/> ");
        }
        type(CTRL_D);
        awaitEnd();
        Path history = folder.resolve("kvsctl/history");
        assertThat(Files.readString(history))
                .contains("get users/bob", "token list")
                .doesNotContain("hunter")
                .doesNotContain("ada");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void aNarrowTerminalGetsAShortPrompt() throws Exception {
        start(20);
        await("/> ");
        type("cd users\r");
        await("/users> ");
        type("get bob\r");
        await("\"Bob\"");
        type("exit\r");
        awaitEnd();
        assertThat(node.requests).noneMatch(request -> request.contains("/health"));
    }
}
