package dev.kvs.console.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the program says when it cannot do what it was told: one line, and an exit code of {@code sysexits.h}. */
class MainTest {
    /** Runs the program to its end; gives its exit code and all that it said. */
    private static String run(String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }

    @Test
    void aPortThatIsTakenIsToldInALine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said = run("--port", String.valueOf(taken.getLocalPort()));
            assertThat(said).startsWith("69 The console cannot listen on 127.0.0.1 port " + taken.getLocalPort());
            assertThat(said.lines()).hasSize(1);
        }
    }

    @Test
    void whatIsNotUnderstoodIsToldInALine() throws Exception {
        assertThat(run("--server", "ftp://x"))
                .startsWith("64 'ftp://x' is not a server's address")
                .endsWith(":port. Try --help.\n");
        assertThat(run("here")).isEqualTo("64 here is no option. Try --help.\n");
        assertThat(run("--port", "99999")).startsWith("64 --port is a number from 0 to 65535");
    }
}
