package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpNamesEveryExitCode() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        for (ExitCode code : ExitCode.values()) {
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("\n  " + code.number() + "  " + code.meaning());
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("start|stop|restart|status");
        assertThat(err.size()).isZero();
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(run("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("kvs ").hasLineCount(1);
    }

    @Test
    void wrongArgumentsEndWithAHint() {
        assertThat(run("--frobnicate")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'--frobnicate'", "--help");
    }

    @Test
    void aConfigurationCanBeCheckedWithoutStarting() throws Exception {
        Path file = directory.resolve("config.yaml");
        assertThat(run("--check-config", file.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(file).doesNotExist();
        Files.writeString(file, "port: 1\n");
        assertThat(run("--check-config", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("can be used");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void aBadConfigurationIsReportedWithoutAStackTrace() throws Exception {
        Path file = Files.writeString(directory.resolve("config.yaml"), "prot: 1\n");
        assertThat(run(file.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("did you mean 'port'?")
                .doesNotContain("\tat ");
    }

    private ExitCode run(String... arguments) {
        Main main = new Main(Map.of(), new Properties(), stream(out), stream(err));
        return main.run(List.of(arguments));
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }
}
