package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.process.KvsctlProcess.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Export and import by {@code kvsctl} and a real node when something breaks in the middle. */
class KvsctlStreamsTest {
    private static final int DOCUMENTS = 30_000;
    private static final Pattern GO_ON = Pattern.compile("--from-line (\\d+)");

    @TempDir
    Path folder;

    private NodeProcess node;
    private Path file;

    @BeforeEach
    void startANode() throws IOException {
        node = new NodeProcess(folder);
        node.start();
        file = folder.resolve("all.ndjson");
    }

    @AfterEach
    void endIt() {
        node.close();
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i ->
                        "{\"key\":\"d/%05d\",\"data\":{\"n\":%d,\"fill\":\"%s\"}}\n".formatted(i, i, "x".repeat(60)))
                .collect(Collectors.joining());
    }

    private KvsctlProcess kvsctl() {
        return new KvsctlProcess(folder).env("KVSCTL_SERVER", node.url());
    }

    private Result bash(String script) throws IOException, InterruptedException {
        return kvsctl().run(new ProcessBuilder("bash", "-c", script, KvsctlProcess.LAUNCHER.toString()));
    }

    /** The line that a message tells to go on with. */
    private static int goOn(Result stopped) {
        Matcher matcher = GO_ON.matcher(stopped.err());
        assertThat(matcher.find()).as(stopped.err()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private void assertAllIsThere() throws Exception {
        assertThat(kvsctl().ok("export -o name").lines())
                .containsExactlyElementsOf(IntStream.range(0, DOCUMENTS)
                        .mapToObj("d/%05d"::formatted)
                        .toList());
    }

    @Test
    void anImportThatIsBrokenInTheMiddleSaysTheLineAndGoesOnBehindIt() throws Exception {
        Files.writeString(
                file, lines(0, 12_345) + "{\"key\":\"d/12345\",\"data\":{\"n\":\n" + lines(12_345, DOCUMENTS));
        Result stopped = kvsctl().run("import", file.toString());
        assertThat(stopped.code()).isEqualTo(8);
        assertThat(goOn(stopped)).isEqualTo(12_346);
        assertThat(stopped.err()).contains("12345 created");
        assertThat(kvsctl().ok("export -o name").lines()).hasSize(12_345);
        assertThat(kvsctl().ok("import", file.toString(), "--from-line", "12347", "-o", "json"))
                .contains("\"created\":" + (DOCUMENTS - 12_345));
        assertAllIsThere();
    }

    @Test
    void anImportWhoseNodeIsKilledGoesOnWhereItSays() throws Exception {
        Process importing = kvsctl().env("KVSCTL_TIMEOUT", "2s").start(folder.resolve("complaints"), "import -");
        // More than a request: the rest is sent when the input ends, to nobody.
        importing.getOutputStream().write(lines(0, 15_000).getBytes(StandardCharsets.UTF_8));
        importing.getOutputStream().flush();
        node.kill();
        importing.getOutputStream().close();
        assertThat(importing.waitFor()).isIn(6, 8);
        Result stopped = new Result(0, "", Files.readString(folder.resolve("complaints")));
        node.start();
        Files.writeString(file, lines(0, DOCUMENTS));
        kvsctl().ok("import", file.toString(), "--from-line", Integer.toString(goOn(stopped)));
        assertAllIsThere();
    }

    @Test
    void anExportToAFullDiskIsAnErrorAndAReaderThatLeavesIsNone() throws Exception {
        Files.writeString(file, lines(0, DOCUMENTS));
        kvsctl().ok("import", file.toString());
        Result full = bash("\"$0\" export > /dev/full");
        assertThat(full.code()).isEqualTo(1);
        assertThat(full.err()).contains("No space left on device").hasLineCount(1);
        aDiskThatBecomesFull();
        Result head = bash("\"$0\" export -o name | head -1; echo ${PIPESTATUS[0]}");
        assertThat(head.out()).isEqualTo("d/00000\n0\n");
        assertThat(head.err()).isEmpty();
    }

    /** A disk of 64 KiB, which only this process sees; where nobody may make one, the device above is all. */
    private void aDiskThatBecomesFull() throws Exception {
        String mount = "mount -t tmpfs -o size=64k none " + Files.createDirectory(folder.resolve("disk"));
        if (bash("unshare -m " + mount).code() != 0) {
            return;
        }
        Result full = bash("unshare -m bash -c '" + mount + " && cd " + folder.resolve("disk")
                + " && { \"$0\" export > all; code=$?; stat -c %s all; exit $code; }' \"$0\"");
        assertThat(full.out()).isEqualTo("65536\n");
        assertThat(full.code()).isEqualTo(1);
        assertThat(full.err()).contains("No space left on device").hasLineCount(1);
    }
}
