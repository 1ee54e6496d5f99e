package dev.kvs.ctl;

import dev.kvs.ctl.command.GlobalOptions;
import dev.kvs.ctl.command.HelpTopics;
import dev.kvs.ctl.command.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code docs/kvsctl.md}, made from the commands and the cookbook. */
final class KvsctlDocument {
    private static final String HEAD = """
        # kvsctl

        The command line of KVS, for scripts and for people. `kvs-ctl/bin/kvsctl` is it; `kvsctl help COMMAND` shows what stands
        here, `kvsctl shell` runs the same commands without their first word, and `eval "$(kvsctl completion bash)"` lets bash
        complete them, keys included (zsh and fish too).

        ```sh
        kvsctl context set home -s http://127.0.0.1:8080 && kvsctl context use home
        kvsctl put users/ada '{"name": "Ada"}'
        kvsctl get users/ada --pointer /name
        kvsctl ls --tree
        ```

        The cookbook is at the end. This file is made from the commands; a test holds that they agree
        (`mvn test -pl kvs-ctl -am -Dtest=KvsctlDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dkvs.docs=write` writes it).
        """;

    private KvsctlDocument() {}

    static String text() throws IOException {
        GlobalOptions options = new GlobalOptions();
        CommandLine root = Kvsctl.commands(new Session(options, ProcessStreams.open(), Map.of()), Map.of())
                .all(options);
        StringBuilder text = new StringBuilder(HEAD);
        text.append("\n## Flags of every command\n");
        flags(text, root.getCommandSpec().options());
        text.append("\n## Commands\n");
        root.getSubcommands().forEach((name, command) -> command(text, name, command));
        for (String topic : HelpTopics.names()) {
            text.append("\n## ").append(title(topic)).append("\n\n```text\n");
            text.append(HelpTopics.text(topic)).append("```\n");
        }
        return text.append(cookbook()).toString();
    }

    private static String title(String topic) {
        return Character.toUpperCase(topic.charAt(0)) + topic.substring(1).replace('-', ' ');
    }

    static String cookbook() throws IOException {
        try (InputStream in = Objects.requireNonNull(KvsctlDocument.class.getResourceAsStream("cookbook.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void command(StringBuilder text, String words, CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (!line.getSubcommands().isEmpty()) {
            line.getSubcommands().forEach((name, command) -> command(text, words + " " + name, command));
            return;
        }
        text.append("\n### kvsctl ").append(words).append('\n');
        text.append('\n')
                .append(escaped(String.join(" ", spec.usageMessage().description())))
                .append('\n');
        List<OptionSpec> own =
                spec.options().stream().filter(option -> !option.inherited()).toList();
        arguments(text, spec.positionalParameters());
        flags(text, own);
        text.append("\n```sh\n");
        Arrays.stream(spec.usageMessage().footer())
                .filter(row -> row.startsWith("  "))
                .forEach(row -> text.append(row.strip()).append('\n'));
        text.append("```\n");
    }

    private static void arguments(StringBuilder text, List<PositionalParamSpec> arguments) {
        if (!arguments.isEmpty()) {
            text.append("\n| argument | |\n|---|---|\n");
        }
        for (PositionalParamSpec one : arguments) {
            String many = one.arity().max() > 1 ? "..." : "";
            row(text, one.paramLabel() + many, one.description());
        }
    }

    private static void flags(StringBuilder text, Collection<OptionSpec> flags) {
        if (!flags.isEmpty()) {
            text.append("\n| flag | |\n|---|---|\n");
        }
        for (OptionSpec flag : flags) {
            String value = flag.arity().max() == 0 ? "" : " " + flag.paramLabel();
            row(text, String.join(", ", flag.names()) + value, flag.description());
        }
    }

    private static void row(StringBuilder text, String name, String[] description) {
        text.append("| `")
                .append(name.replace("|", "\\|"))
                .append("` | ")
                .append(escaped(Arrays.stream(description).collect(Collectors.joining(" "))))
                .append(" |\n");
    }

    /** What Markdown would take for its own. */
    private static String escaped(String text) {
        return text.replaceAll("([*_<|\\[\\]])", "\\\\$1");
    }
}
