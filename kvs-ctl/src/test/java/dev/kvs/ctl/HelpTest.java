package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.ctl.command.GlobalOptions;
import dev.kvs.ctl.command.HelpTopics;
import dev.kvs.ctl.command.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Help: every command has an example, and what help shows can be typed: bash reads it, and kvsctl takes the words. */
class HelpTest {
    /**
     * Other programs in examples do nothing; xargs takes whole lines only, and adds a key that would be several otherwise,
     * or a flag. Each process has a file of calls of its own: those of a pipeline run at the same time.
     */
    private static final String SURROUNDINGS = """
        kvsctl() { printf '%s\\x1f' "$@"; printf '\\x1e'; } >>"calls/$BASHPID"
        xargs() { [[ $1 == -r && $2 == -d && $3 == '\\n' ]] && shift 3 && "$@" '-two words'; }
        jq() { :; }; curl() { :; }; pass() { :; }; diff() { :; }
        mkdir -p calls .zfunc .config/fish/completions
        """;

    @TempDir
    Path folder;

    static List<List<String>> commands() {
        List<List<String>> paths = new ArrayList<>();
        collect(line(), List.of(), paths);
        return paths;
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> paths) {
        line.getSubcommands().forEach((name, sub) -> {
            List<String> below = new ArrayList<>(path);
            below.add(name);
            if (sub.getSubcommands().isEmpty()) {
                paths.add(below);
            } else {
                collect(sub, below, paths);
            }
        });
    }

    private static CommandLine line() {
        GlobalOptions options = new GlobalOptions();
        return Kvsctl.commands(new Session(options, ProcessStreams.open(), Map.of()), Map.of())
                .all(options);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasExamplesThatCanBeTyped(List<String> path) throws Exception {
        String help = new Invocation().run(String.join(" ", path) + " --help").out();
        assertThat(help).containsPattern("\nExamples?:\n");
        List<String> examples = examples(help.substring(help.indexOf("\nExample")));
        assertThat(calls(examples)).anySatisfy(call -> assertThat(call).containsSequence(path));
    }

    private static List<String> examples(String text) {
        return text.lines()
                .filter(line -> line.startsWith("  ") && line.contains("kvsctl "))
                .toList();
    }

    /** What kvsctl is called with when bash runs these lines; checks that it takes the words. */
    private List<List<String>> calls(List<String> examples) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-ec", SURROUNDINGS + String.join("\n", examples))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        Process bash = builder.start();
        bash.getOutputStream().close();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(examples + said).isZero();
        List<List<String>> calls = new ArrayList<>();
        try (Stream<Path> processes = Files.list(folder.resolve("calls"))) {
            for (Path process : processes.toList()) {
                for (String call : Files.readString(process).split("\u001e")) {
                    List<String> words = Arrays.asList(call.split("\u001f"));
                    calls.add(words);
                    assertThat(line().parseArgs(words.toArray(String[]::new)).errors())
                            .as(words.toString())
                            .isEmpty();
                }
            }
        }
        return calls;
    }

    static Stream<String> topics() {
        return HelpTopics.names().stream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void whatATopicShowsCanBeTyped(String topic) throws Exception {
        Invocation.Result result = new Invocation().run("help " + topic);
        assertThat(result.code()).isZero();
        assertThat(result.lines()).hasSizeGreaterThan(5).allMatch(line -> line.length() <= 120);
        // Behind several blanks stands what the line does.
        calls(examples(result.out()).stream()
                .map(line -> line.replaceAll("(\\S) {3,}.*", "$1"))
                .toList());
        assertThat(new Invocation().run("help").out()).contains(topic);
    }

    @Test
    void everyFlagThatAllCommandsTakeIsExplained() {
        String help = new Invocation().run("help").out();
        assertThat(line().getCommandSpec().options()).allSatisfy(option -> {
            assertThat(help).contains(option.longestName());
            assertThat(option.description()).isNotEmpty();
        });
    }
}
