package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the scripts say on a machine that lacks something. They run in a copy of their folders, nothing built, with a PATH
 * of a few tools: there is no JDK and no Maven on it.
 */
class LauncherMessagesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<String> TOOLS =
            List.of("bash", "dirname", "readlink", "cat", "mkdir", "rm", "env", "kill");
    private static final String LAUNCH = "kvs-server/bin/launch.bash";

    @TempDir
    Path folder;

    private Path path;

    /** How a script ended and what it said on standard error. */
    private record Ending(int status, String said, String printed) {}

    @BeforeEach
    void copyTheScripts() throws IOException {
        path = Files.createDirectory(folder.resolve("path"));
        for (String tool : TOOLS) {
            for (String place : List.of("/bin", "/usr/bin")) {
                Path real = Path.of(place, tool);
                if (Files.isExecutable(real)) {
                    Path link = Files.writeString(path.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
                    assertThat(link.toFile().setExecutable(true)).isTrue();
                }
            }
        }
        for (String script : List.of(LAUNCH, "kvs-server/bin/kvs", "kvs-ctl/bin/kvsctl", "integration-tests/run")) {
            Files.createDirectories(folder.resolve(script).getParent());
            Files.copy(ROOT.resolve(script), folder.resolve(script));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kvs-server/bin/kvs", "kvs-ctl/bin/kvsctl", "integration-tests/run"})
    void withoutTheJdkTheScriptsSayWhichAndWhereToGetIt(String script) throws Exception {
        askForAJdkThatDoesNotExist();
        Ending ending = run(script);
        assertThat(ending.status()).isEqualTo(69);
        assertThat(ending.said())
                .startsWith("KVS needs a JDK 99 and found none in JAVA_HOME, on PATH or in the usual places.\n")
                .contains("apt-get install", "JAVA_HOME")
                .doesNotContain("line ");
        assertThat(ending.printed()).isEmpty();
    }

    /** The places where JDKs lie are fixed in the script, and this machine has one there. */
    private void askForAJdkThatDoesNotExist() throws IOException {
        Path launch = folder.resolve(LAUNCH);
        String script = Files.readString(launch);
        String changed = script.replace("KVS_JAVA_VERSION=25", "KVS_JAVA_VERSION=99");
        assertThat(changed).isNotEqualTo(script);
        Files.writeString(launch, changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kvs-server/bin/kvs", "kvs-ctl/bin/kvsctl", "integration-tests/run"})
    void withoutMavenTheScriptsSaySoBeforeTheyBegin(String script) throws Exception {
        Ending ending = run(script);
        assertThat(ending.status()).isEqualTo(69);
        assertThat(ending.said())
                .startsWith("KVS is built by Maven, and there is no mvn on PATH (3.8 or newer is needed).\n")
                .contains("apt-get install maven")
                .doesNotContain("line ");
        assertThat(ending.printed()).isEmpty();
    }

    private Ending run(String script) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(folder.resolve(script).toString());
        builder.environment().clear();
        builder.environment().put("PATH", path.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectError(said.toFile()).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ending(process.waitFor(), Files.readString(said), printed);
    }
}
