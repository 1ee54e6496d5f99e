package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvs.wire.LoginRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: signals, pipes, the locale. */
class ProcessTest {
    private static final long DEADLINE_SECONDS = 60;

    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kvs.ctl.Kvsctl",
                "-s",
                node.url()));
        command.addAll(List.of(words));
        return command;
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    void ctrlCEndsABenchEarlyShowsWhatThereIsAndCleansUp() throws Exception {
        Process bench = new ProcessBuilder(command("bench", "--duration", "10m", "--keys", "10", "-o", "json")).start();
        try {
            await("a read", () -> node.requests.stream().anyMatch(request -> request.startsWith("GET ")));
            new ProcessBuilder("kill", "-INT", Long.toString(bench.pid()))
                    .start()
                    .waitFor();
            JsonNode report = Parsed.json(text(bench.getInputStream()));
            assertThat(bench.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(bench.exitValue()).isEqualTo(130);
            assertThat(report.at("/operations/0/count").longValue()).isPositive();
            assertThat(node.store.liveKeys()).isEmpty();
        } finally {
            bench.destroyForcibly();
        }
    }

    @Test
    void ctrlCEndsACallWith130() throws Exception {
        Process put = new ProcessBuilder(command("put", "a", "-")).start();
        try {
            await(
                    "the process to wait for input",
                    () -> put.toHandle()
                            .info()
                            .totalCpuDuration()
                            .map(cpu -> cpu.toMillis() > 100)
                            .orElse(true));
            new ProcessBuilder("kill", "-INT", Long.toString(put.pid())).start().waitFor();
            assertThat(put.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(put.exitValue()).isEqualTo(130);
        } finally {
            put.destroyForcibly();
        }
    }

    @Test
    void aReaderThatLeavesEndsAListingInSilence() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            node.store.seed("long/enough/to/fill/a/pipe/" + i, "1");
        }
        ProcessBuilder builder =
                new ProcessBuilder(shell("\"$@\" | head -1; echo ${PIPESTATUS[0]}", command("ls", "-r", "-o", "name")));
        // Where the system has its messages in French, it says "Relais brisé (pipe)".
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("LANGUAGE", "fr");
        Process shell = builder.start();
        assertThat(text(shell.getInputStream()).lines()).containsExactly("long/enough/to/fill/a/pipe/0", "0");
        assertThat(text(shell.getErrorStream())).isEmpty();
    }

    /** As the help says it: these keys would be several, others, or a flag. */
    @Test
    void whatIsFoundIsDeletedWhateverItsName() throws Exception {
        for (String key : List.of("jobs/two words", "jobs/it's \"one\"", "-r", "words")) {
            node.store.seed(key, "1");
        }
        Process shell = new ProcessBuilder(
                        shell("\"$@\" find -o name | xargs -r -d '\\n' \"$@\" del -o name --", command()))
                .start();
        assertThat(text(shell.getInputStream()).lines())
                .as(text(shell.getErrorStream()))
                .containsExactlyInAnyOrder("jobs/two words", "jobs/it's \"one\"", "-r", "words");
        assertThat(node.store.liveKeys()).isEmpty();
    }

    /** What they load is most of what they take: each of these costs a start tens of milliseconds. */
    @Test
    void plainCommandsLoadNothingTheyCanDoWithout() throws Exception {
        node.store.seed("a", "1");
        for (List<String> words : List.of(List.of("get", "a"), List.of("ls"), List.of("__complete", "get", "a"))) {
            List<String> command = command();
            command.addAll(words);
            command.add(1, "-Xlog:class+load:stdout");
            // The node as a variable: a flag in front of the command would lead a completion through the command's
            // model.
            command.removeAll(List.of("-s", node.url()));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("KVSCTL_SERVER", node.url());
            assertThat(text(builder.start().getInputStream()))
                    .as("%s", words)
                    .contains("dev.kvs.ctl.Kvsctl ", "dev.kvs.client.AnswerReader ")
                    .doesNotContain("org.jline", "dev.kvs.ctl.shell.PromptLoop")
                    .doesNotContain("jdk.internal.net.http.HttpClientImpl")
                    .doesNotContain("com.fasterxml.jackson.databind.ObjectMapper ")
                    // What an annotation becomes when it is read.
                    .doesNotContain(words.getFirst().equals("ls") ? "org.jline" : ".$Proxy");
        }
    }

    @Test
    void withoutAnyServerNamedTheDefaultIsAsked(@TempDir Path home) throws Exception {
        List<String> command = command("get", "a", "--show-curl", "--retries", "0");
        command.removeAll(List.of("-s", node.url()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("KVSCTL_"));
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        Process process = builder.start();
        assertThat(text(process.getErrorStream())).contains("'http://127.0.0.1:8080/kv/a?raw'");
        assertThat(process.waitFor()).isIn(0, 1, 3, 4, 6);
        assertThat(node.requests).isEmpty();
    }

    @Test
    void aFullDiskIsReported() throws Exception {
        Process shell = new ProcessBuilder(shell("\"$@\" > /dev/full; echo $?", command("version"))).start();
        assertThat(text(shell.getInputStream())).isEqualTo("1\n");
        assertThat(text(shell.getErrorStream())).contains("output could not be written");
    }

    @Test
    void aKeyThatTheLocaleDestroyedIsRefused() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(shell("\"$@\" $'\\xc3\\xbc'; echo $?", command("get")));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        assertThat(text(process.getInputStream())).isEqualTo("2\n");
        assertThat(text(process.getErrorStream())).contains("LC_ALL=C.UTF-8");
    }

    @Test
    void aPasswordIsAskedForAndNotShownOnATerminal(@TempDir Path home) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "script",
                "-qec",
                String.join(" ", command("login", "ada", "-o", "json", "--color", "never")),
                "/dev/null");
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        Process terminal = builder.redirectErrorStream(true).start();
        try {
            String prompt = "Password of ada: ";
            StringBuilder seen = new StringBuilder();
            while (!seen.toString().endsWith(prompt)) {
                int c = terminal.getInputStream().read();
                assertThat(c).as(seen.toString()).isNotNegative();
                seen.append((char) c);
            }
            terminal.getOutputStream().write("s3cret\n".getBytes(StandardCharsets.UTF_8));
            terminal.getOutputStream().flush();
            assertThat(text(terminal.getInputStream()))
                    .contains("\"user\": \"ada\"")
                    .doesNotContain("s3cret")
                    .doesNotContain(ScriptedAccess.TOKEN);
            assertThat(terminal.waitFor()).isZero();
            assertThat(node.access.bodies).containsExactly(new LoginRequest("ada", "s3cret"));
        } finally {
            terminal.destroyForcibly();
        }
    }

    private static List<String> shell(String script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "sh"));
        command.addAll(arguments);
        return command;
    }
}
