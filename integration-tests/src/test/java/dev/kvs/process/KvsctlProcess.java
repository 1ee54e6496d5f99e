package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code kvsctl} by its launcher, with a configuration folder and an environment of its own. */
final class KvsctlProcess {
    static final Path LAUNCHER = NodeProcess.ROOT.resolve("kvs-ctl/bin/kvsctl");

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";

    /** How a run ended and what it printed. */
    record Result(int code, String out, String err) {}

    /** Runs with what it keeps, and scratch files, in this folder. */
    KvsctlProcess(Path folder) {
        this.folder = folder;
        environment.put("XDG_CONFIG_HOME", folder.toString());
    }

    KvsctlProcess env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    KvsctlProcess input(String text) {
        input = text;
        return this;
    }

    /** Runs with these words, the first of which may hold several, and gives what it printed; it must work. */
    String ok(String... words) throws IOException, InterruptedException {
        Result result = run(words);
        assertThat(result.code())
                .as("%s: %s", String.join(" ", words), result.err())
                .isZero();
        return result.out();
    }

    /** Runs with these words; the first may hold several. */
    Result run(String... words) throws IOException, InterruptedException {
        return run(builder(words));
    }

    /** Starts with these words, what it complains about in a file; the caller reads what it prints, and ends it. */
    Process start(Path err, String... words) throws IOException {
        return start(err, builder(words));
    }

    private static ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(words[0].split(" ")));
        command.addAll(List.of(words).subList(1, words.length));
        return new ProcessBuilder(command);
    }

    private Process start(Path err, ProcessBuilder builder) throws IOException {
        builder.environment().putAll(environment);
        return builder.redirectError(err.toFile()).start();
    }

    /** Runs another program in the same surroundings. */
    Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "kvsctl", ".err");
        Process process = start(err, builder);
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }
}
