package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl help}. */
@Command(
        name = "help",
        description = "Show all commands and flags, one command, or a topic: exit-codes, formats, environment.",
        footer = {"", "Example:", "  kvsctl help exit-codes"})
final class HelpCommand implements Action {
    private static final String FORMATS = """
        Without -o a terminal gets a table and a pipe gets tab-separated lines; get shows the document.

        -o table   aligned columns on a terminal, tab-separated when piped
        -o wide    the same with more columns
        -o json    one JSON document
        -o ndjson  one JSON document a line
        -o yaml    one YAML document
        -o raw     the JSON document and not a byte more; of get, exactly what is stored
        -o name    names alone, one a line, as other commands take them

        --pointer /a/0 picks a part out of each document before it is shown. Numbers, the order of members and
        strings come out as they are stored. With -o json or ndjson an error is one JSON object on standard error.
        """;

    private static final String ENVIRONMENT = """
        A flag counts before its variable, a variable before the context, and the context before the default.

        KVSCTL_CONTEXT     -c, --context
        KVSCTL_SERVER      -s, --server
        KVSCTL_TOKEN       the token itself, unless a flag names a file
        KVSCTL_TOKEN_FILE  --token-file
        KVSCTL_CACERT      --cacert
        KVSCTL_OUTPUT      -o, --output
        KVSCTL_TIMEOUT     --timeout
        KVSCTL_RETRIES     --retries
        KVSCTL_COLOR       --color
        XDG_CONFIG_HOME    contexts are kept in kvsctl/config.yaml below it and tokens in kvsctl/tokens; ~/.config unless set
        NO_COLOR           when not empty, no colour unless --color always
        """;

    private final Session session;
    private final Commands commands;

    @Parameters(arity = "0..1", paramLabel = "TOPIC", description = "A command or a topic.")
    String topic = "";

    HelpCommand(Session session, Commands commands) {
        this.session = session;
        this.commands = commands;
    }

    @Override
    public ExitCode run() {
        session.output().print(text());
        return ExitCode.OK;
    }

    private String text() {
        return switch (topic) {
            case "" -> commands.all(new GlobalOptions()).getUsageMessage();
            case "exit-codes" -> exitCodes();
            case "formats" -> FORMATS;
            case "environment" -> ENVIRONMENT;
            default -> command(topic);
        };
    }

    private String command(String name) {
        CommandLine found = commands.all(new GlobalOptions()).getSubcommands().get(name);
        if (found == null) {
            throw Failure.usage("there is no command or topic '" + name + "'; kvsctl help lists the commands, and the"
                    + " topics are exit-codes, formats and environment");
        }
        return found.getUsageMessage();
    }

    private static String exitCodes() {
        StringBuilder text = new StringBuilder("How a command ended:\n\n");
        for (ExitCode exit : ExitCode.values()) {
            text.append(String.format("%3d  %s%n", exit.code(), exit.meaning()));
        }
        return text.toString();
    }
}
