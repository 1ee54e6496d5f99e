package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl help}. */
@Command(
        name = "help",
        description = {
            "Show all commands and flags, one command, or a topic: exit-codes, formats, environment, consistency,"
                    + " conflicts, security, scripting."
        },
        footer = {"", "Examples:", "  kvsctl help watch", "  kvsctl help scripting"})
final class HelpCommand implements Action {
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
        if (topic.isEmpty()) {
            return commands.all(new GlobalOptions()).getUsageMessage();
        }
        return HelpTopics.names().contains(topic) ? HelpTopics.text(topic) : command(topic);
    }

    private String command(String name) {
        CommandLine found = commands.all(new GlobalOptions()).getSubcommands().get(name);
        if (found == null) {
            throw Failure.usage("there is no command or topic '" + name + "'; kvsctl help lists the commands, and the"
                    + " topics are " + String.join(", ", HelpTopics.names()));
        }
        return found.getUsageMessage();
    }
}
