package dev.kvs.ctl.completion;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/** Where the cursor is: in which command, and at which of its words. Read leniently, since the line is not finished. */
public final class Position {
    private CommandSpec command;
    private @Nullable OptionSpec pending;
    private boolean argumentsOnly;
    private int arguments;
    private final List<@Nullable ArgSpec> meanings = new ArrayList<>();

    /** Walks over the words before the cursor; the flags that all commands share take effect as they are passed. */
    public Position(CommandLine line, List<String> words) {
        command = line.getCommandSpec();
        words.forEach(this::pass);
    }

    private void pass(String word) {
        boolean argument = pending == null && (argumentsOnly || !word.startsWith("-") || word.length() == 1);
        ArgSpec meaning = argument && !(arguments == 0 && command.subcommands().containsKey(word)) ? next() : null;
        meanings.add(meaning);
        if (pending != null) {
            set(pending, word);
            pending = null;
        } else if (!argumentsOnly && word.equals("--")) {
            argumentsOnly = true;
        } else if (!argumentsOnly && word.startsWith("-") && word.length() > 1) {
            flag(word);
        } else if (arguments == 0 && command.subcommands().containsKey(word)) {
            command = command.subcommands().get(word).getCommandSpec();
        } else {
            arguments++;
        }
    }

    private void flag(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        OptionSpec option = command.findOption(name);
        if (option == null || option.arity().max() == 0) {
            return;
        }
        if (equals < 0) {
            pending = option;
        } else {
            set(option, word.substring(equals + 1));
        }
    }

    /** Only what says where the server is and who asks matters here. */
    private static void set(OptionSpec option, String value) {
        if (option.scopeType() == ScopeType.INHERIT && option.type() == String.class) {
            option.setValue(value);
        }
    }

    /** Which argument of the command each word is; null for its name, for flags and for their values. */
    public List<@Nullable ArgSpec> meanings() {
        return meanings;
    }

    /** Whether no command has been named. */
    boolean atCommand() {
        return pending == null && arguments == 0 && command.parent() == null;
    }

    /** Whether the next word, if it begins with a dash, is a flag. */
    boolean takesFlags() {
        return pending == null && !argumentsOnly;
    }

    /** The command that the words name, or kvsctl itself. */
    public CommandSpec command() {
        return command;
    }

    /** What the next word is: the value of a flag, or an argument; null for neither. */
    public @Nullable ArgSpec next() {
        if (pending != null) {
            return pending;
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (parameter.index().contains(arguments)) {
                return parameter;
            }
        }
        return null;
    }

    /** What may still come: the value of a flag that waits for one, or else the arguments that have not been given. */
    public List<ArgSpec> missing() {
        if (pending != null) {
            return List.of(pending);
        }
        return command.positionalParameters().stream()
                .filter(parameter -> parameter.index().min() >= arguments)
                .map(ArgSpec.class::cast)
                .toList();
    }
}
