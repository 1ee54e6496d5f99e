package dev.kvs.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion scripts in the shells that they are for. */
class SystemShellsTest {
    /** Stands for the line editor, in which alone the builtins work that a completion tells what it has found. */
    private static final String ZSH_EDITOR = "compadd() { print -rl -- \"$@\" }; _files() { print of-files }\n"
            + "words=(${(z)1}); [[ $1 == *' ' ]] && words+=(''); CURRENT=${#words}\n";

    @TempDir
    Path folder;

    @AutoClose
    private final ScriptedNode node = new ScriptedNode();

    @BeforeEach
    void startsANode() throws IOException {
        for (String key : List.of("users/bob", "a b/c", "h:1")) {
            node.store.seed(key, "1");
        }
        Path program = Files.createDirectory(folder.resolve("bin")).resolve("kvsctl");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                        + "' dev.kvs.ctl.Kvsctl \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /** What a program prints that finds kvsctl, and kvsctl the node. */
    private List<String> run(List<String> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.toString());
        builder.environment().put("KVSCTL_SERVER", node.url());
        builder.environment().put("KVSCTL_TIMEOUT", "1m");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().toList();
    }

    /** The answers for a line with the cursor at its end; {@code current} is what bash takes for the word there. */
    private List<String> bash(String line, String current) throws IOException, InterruptedException {
        String script = "complete() { :; }; compopt() { :; }; eval \"$(kvsctl completion bash)\"\n"
                + "COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=(kvsctl \"$2\") COMP_CWORD=1\n"
                + "_kvsctl; printf '%s\\n' \"${COMPREPLY[@]}\"";
        return run(List.of("bash", "-c", script, "bash"), line, current);
    }

    @Test
    void bashCompletes() throws Exception {
        assertThat(bash("kvsctl get users/b", "users/b")).containsExactly("users/bob");
        assertThat(bash("kvsctl get a", "a")).containsExactly("a\\ b/");
        assertThat(bash("kvsctl get a\\ b/", "a\\ b/")).containsExactly("a\\ b/c");
        assertThat(bash("kvsctl get h:", ":")).containsExactly(":1");
        assertThat(bash("kvsctl -s " + node.url() + " members ", "")).contains("list", "leave");
    }

    /** What the editor is told: the options of {@code compadd}, two dashes, and the candidates as they are. */
    private List<String> zsh(String line) throws IOException, InterruptedException {
        String script = "autoload -U compinit; compinit -u -D; eval \"$(kvsctl completion zsh)\"\n"
                + "(( ${+_comps[kvsctl]} )) || exit 1\n" + ZSH_EDITOR + "_kvsctl";
        return run(List.of("zsh", "-f", "-c", script, "zsh"), line);
    }

    @Test
    void zshCompletes() throws Exception {
        assertThat(zsh("kvsctl get users/b")).containsExactly("--", "users/bob");
        // More of the same word may follow: no blank behind it.
        assertThat(zsh("kvsctl get a")).containsExactly("-S", "", "--", "a b/");
        assertThat(zsh("kvsctl get a\\ b/")).containsExactly("--", "a b/c");
        assertThat(zsh("kvsctl get --outp")).containsExactly("--", "--output");
        assertThat(zsh("kvsctl import ")).containsExactly("of-files");
        assertThat(zsh("kvsctl members ")).contains("list", "leave");
    }

    @Test
    void zshFindsTheScriptAmongItsFunctions() throws Exception {
        Path functions = Files.createDirectory(folder.resolve("functions"));
        Files.writeString(
                functions.resolve("_kvsctl"),
                new Invocation().run("completion zsh").out());
        String script = "fpath=(" + functions + " $fpath); autoload -U compinit; compinit -u -D\n"
                + "[[ ${_comps[kvsctl]} == _kvsctl ]] || exit 1\n" + ZSH_EDITOR + "_kvsctl; _kvsctl";
        assertThat(run(List.of("zsh", "-f", "-c", script, "zsh"), "kvsctl get users/b"))
                .containsExactly("--", "users/bob", "--", "users/bob");
    }

    private List<String> fish(String line) throws IOException, InterruptedException {
        String script = "kvsctl completion fish | source; complete -C $argv[1]";
        return run(List.of("fish", "--no-config", "-c", script), line);
    }

    @Test
    void fishCompletes() throws Exception {
        assertThat(fish("kvsctl get users/b")).containsExactly("users/bob");
        assertThat(fish("kvsctl get a")).containsExactly("a b/");
        assertThat(fish("kvsctl get a\\ b/")).containsExactly("a b/c");
        assertThat(fish("kvsctl get --outp")).singleElement().asString().startsWith("--output");
        Files.writeString(folder.resolve("all.ndjson"), "");
        assertThat(fish("kvsctl import " + folder + "/all")).containsExactly(folder + "/all.ndjson");
        assertThat(fish("kvsctl members ")).anyMatch(line -> line.startsWith("list"));
    }
}
