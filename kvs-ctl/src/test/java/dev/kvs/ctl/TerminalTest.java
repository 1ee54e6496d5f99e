package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell at a pseudo-terminal, which {@code script} makes: what is typed, and what is seen. */
@Timeout(180)
class TerminalTest {
    private static final String TAB = "\t";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";

    @TempDir
    Path folder;

    private ScriptedNode node;
    private Process terminal;
    private final StringBuilder seen = new StringBuilder();

    @BeforeEach
    void startsANode() throws IOException {
        node = new ScriptedNode();
        node.store.seed("users/ada", "\"Ada\"");
        node.store.seed("users/bob", "\"Bob\"");
    }

    @AfterEach
    void stopsIt() {
        if (terminal != null) {
            terminal.descendants().forEach(ProcessHandle::destroyForcibly);
            terminal.destroyForcibly();
        }
        node.close();
    }

    /** Starts the shell at a terminal so wide. */
    private void start(int columns) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                "script",
                "-qec",
                "stty cols " + columns + " rows 24; exec " + java + " -XX:TieredStopAtLevel=1"
                        + " --enable-native-access=ALL-UNNAMED -cp " + System.getProperty("java.class.path")
                        + " dev.kvs.ctl.Kvsctl shell --color never",
                "/dev/null");
        builder.environment().put("TERM", "xterm");
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        builder.environment().put("KVSCTL_SERVER", node.url());
        builder.environment().put("KVSCTL_TIMEOUT", "1m");
        terminal = builder.redirectErrorStream(true).start();
    }

    private void type(String keys) throws IOException {
        OutputStream in = terminal.getOutputStream();
        in.write(keys.getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Reads until a text is seen behind what was awaited before; gives what came until then. */
    private String await(String text) throws IOException {
        seen.setLength(0);
        while (seen.indexOf(text) < 0) {
            int c = terminal.getInputStream().read();
            assertThat(c).as("the end instead of '%s', behind: %s", text, seen).isNotNegative();
            seen.append((char) c);
        }
        return seen.toString();
    }

    private void awaitEnd() throws IOException, InterruptedException {
        terminal.getInputStream().readAllBytes();
        assertThat(terminal.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(terminal.exitValue()).isZero();
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
