package dev.kvs.ctl;

import dev.kvs.ctl.command.Action;
import dev.kvs.ctl.command.Commands;
import dev.kvs.ctl.command.GlobalOptions;
import dev.kvs.ctl.command.Session;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The words of a command line: read, matched with a command, and the command called. */
final class CommandWords {
    private CommandWords() {}

    /**
     * Refuses words that the locale has destroyed before they came here. Without this a key with an umlaut in it would
     * become another key in scripts that run without a locale.
     */
    static void checkDecoded(List<String> words) {
        boolean utf8 = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
        if (!utf8 && words.stream().anyMatch(word -> word.indexOf('\ufffd') >= 0)) {
            throw Failure.usage("an argument has characters that the locale cannot hold; set LC_ALL=C.UTF-8");
        }
    }

    /** Parses the words, calls the command they name, and returns its exit code. */
    static int call(Commands commands, GlobalOptions options, List<String> words, Session session) {
        ParseResult parsed = parse(commands, options, words);
        if (parsed.isVersionHelpRequested()) {
            return commands.version();
        }
        while (parsed.hasSubcommand() && !parsed.isUsageHelpRequested()) {
            parsed = parsed.subcommand();
        }
        CommandLine command = parsed.commandSpec().commandLine();
        if (parsed.isUsageHelpRequested()) {
            boolean root = command.getParent() == null;
            session.output().print((root ? commands.all(options) : command).getUsageMessage());
            return ExitCode.OK.code();
        }
        // Before the command, so that a bad -o is refused before anything is written.
        session.output();
        return call(command);
    }

    private static int call(CommandLine command) {
        Object called = command.getCommand();
        if (called instanceof Action action) {
            return action.run().code();
        }
        throw Failure.usage("name a command; kvsctl help lists them");
    }

    private static ParseResult parse(Commands commands, GlobalOptions options, List<String> words) {
        String[] args = words.toArray(String[]::new);
        try {
            return commands.named(options, words).parseArgs(args);
        } catch (ParameterException few) {
            try {
                // Again with all commands, which can say what else may have been meant.
                return commands.all(options).parseArgs(args);
            } catch (ParameterException all) {
                throw Failure.usage(message(all));
            }
        }
    }

    private static String message(ParameterException e) {
        CommandLine command = e.getCommandLine();
        boolean root = command.getParent() == null;
        String text = e instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched, root)
                : String.valueOf(e.getMessage());
        return text + " (" + help(command, root) + " shows what it takes)";
    }

    private static String help(CommandLine command, boolean root) {
        if (root) {
            return "kvsctl help";
        }
        boolean grouped = command.getParent().getParent() != null;
        return grouped
                ? command.getCommandSpec().qualifiedName() + " --help"
                : "kvsctl help " + command.getCommandName();
    }

    private static String unmatched(UnmatchedArgumentException e, boolean root) {
        String first = e.getUnmatched().getFirst();
        boolean command = root && !first.startsWith("-");
        String text = command ? "there is no command '" + first + "'" : String.valueOf(e.getMessage());
        List<String> suggestions = e.getSuggestions();
        return suggestions.isEmpty() ? text : text + "; did you mean " + String.join(" or ", suggestions) + "?";
    }

    /** Whether errors are to be JSON, even when the words could not be parsed. */
    static boolean asksForJson(List<String> words, Map<String, String> environment) {
        String format = environment.getOrDefault("KVSCTL_OUTPUT", "");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                break;
            }
            if ((word.equals("-o") || word.equals("--output")) && i + 1 < words.size()) {
                format = words.get(i + 1);
            } else if (word.startsWith("--output=")) {
                format = word.substring("--output=".length());
            } else if (word.startsWith("-o") && !word.equals("-o")) {
                format = word.substring(word.startsWith("-o=") ? "-o=".length() : "-o".length());
            }
        }
        return format.equals("json") || format.equals("ndjson");
    }
}
