package dev.kvs.ctl.completion;

import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.command.Commands;
import dev.kvs.ctl.command.GlobalOptions;
import dev.kvs.ctl.command.HelpTopics;
import dev.kvs.ctl.command.Names;
import dev.kvs.ctl.output.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Finds what may stand at the cursor. */
public final class Completion {
    /** What the label of a value says that it is a file: the system's shells complete those by themselves. */
    private static final String FILE = "FILE";

    /**
     * Commands whose first argument is a key. Somebody waits with a finger on the key, and for what is typed most nothing else
     * needs to be known of a command; putting it together takes a fifth of the time of a completion.
     */
    static final Set<String> KEYED = Set.of(
            "get", "put", "del", "patch", "edit", "touch", "cp", "mv", "exists", "ls", "watch", "history", "diff",
            "restore", "explain");

    private final Commands commands;
    private final GlobalOptions options;
    private final Names names;

    /**
     * Completion in a session.
     *
     * @param options those of the session: flags on the line take effect on it
     * @param names asks the cluster
     */
    public Completion(Commands commands, GlobalOptions options, Names names) {
        this.commands = commands;
        this.options = options;
        this.names = names;
    }

    /**
     * What was found.
     *
     * @param files whether names of files are meant, too
     */
    public record Found(List<Candidate> candidates, boolean files) {}

    /** What the word that begins with {@code partial}, behind these words, may become. */
    public Found find(List<String> words, String partial) {
        if (words.size() == 1 && KEYED.contains(words.getFirst()) && !partial.startsWith("-")) {
            return found(
                    silently(() -> keys(partial)).filter(each -> each.text().startsWith(partial)));
        }
        Position position = new Position(commands.named(options, words), words);
        if (partial.startsWith("-") && position.takesFlags()) {
            int equals = partial.indexOf('=');
            if (equals < 0) {
                return found(flags(position).filter(flag -> flag.text().startsWith(partial)));
            }
            OptionSpec option = position.command().findOption(partial.substring(0, equals));
            String typed = partial.substring(equals + 1);
            String before = partial.substring(0, equals + 1);
            return option == null
                    ? found(Stream.of())
                    : found(values(option, typed)
                            .map(each -> new Candidate(before + each.text(), each.description(), each.goesOn())));
        }
        if (position.atCommand() && position.takesFlags()) {
            return found(
                    commands.names().filter(name -> name.startsWith(partial)).map(Candidate::word));
        }
        ArgSpec next = position.next();
        if (next == null) {
            return found(position.command().subcommands().keySet().stream()
                    .filter(name -> name.startsWith(partial))
                    .map(Candidate::word));
        }
        boolean file = next.paramLabel().startsWith(FILE);
        return new Found(file ? List.of() : values(next, partial).toList(), file);
    }

    private static Found found(Stream<Candidate> candidates) {
        return new Found(candidates.toList(), false);
    }

    private static Stream<Candidate> flags(Position position) {
        List<Candidate> flags = new ArrayList<>();
        for (OptionSpec option : position.command().options()) {
            String[] lines = option.description();
            flags.add(new Candidate(option.longestName(), lines.length == 0 ? "" : lines[0], false));
        }
        return flags.stream();
    }

    private Stream<Candidate> values(ArgSpec value, String partial) {
        return silently(() -> switch (value.paramLabel()) {
                    case "KEY", "PREFIX", "TO", "KEY|-|@FILE" -> keys(partial);
                    case "MEMBER" -> names.members().map(Candidate::word);
                    case "CONTEXT" -> names.contexts().map(Candidate::word);
                    case "TOPIC" ->
                        Stream.concat(HelpTopics.names().stream(), commands.names())
                                .map(Candidate::word);
                    case "FORMAT" ->
                        Stream.of("table", "wide", "json", "ndjson", "yaml", "raw", "name")
                                .map(Candidate::word);
                    case "WHEN" -> Stream.of("auto", "always", "never").map(Candidate::word);
                    case "VERB" ->
                        Stream.of("create", "delete", "read", "write").map(Candidate::word);
                    case "SHELL" -> Stream.of("bash", "zsh", "fish").map(Candidate::word);
                    default -> Stream.of();
                })
                .filter(each -> each.text().startsWith(partial));
    }

    private static Stream<Candidate> silently(Supplier<Stream<Candidate>> candidates) {
        try {
            return candidates.get();
        } catch (Failure | KvsClientException silent) {
            return Stream.of();
        }
    }

    private Stream<Candidate> keys(String partial) {
        return names.below(partial).stream().map(name -> new Candidate(name, "", name.endsWith("/")));
    }
}
