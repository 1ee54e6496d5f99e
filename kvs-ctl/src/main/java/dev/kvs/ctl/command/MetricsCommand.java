package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl metrics}. */
@Command(
        name = "metrics",
        description =
                "Print the node's metrics in the text form of Prometheus, or those whose names have a word in them.",
        footer = {"", "Example:", "  kvsctl metrics wal"})
final class MetricsCommand implements Action {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "WORD", description = "Only metrics with this in their names.")
    String word = "";

    MetricsCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        session.client().metrics().lines().filter(this::isWanted).forEach(session.output()::print);
        return ExitCode.OK;
    }

    /** Of {@code # HELP name ...}, {@code # TYPE name ...} and {@code name{...} value} the name is looked at. */
    private boolean isWanted(String line) {
        String name =
                line.startsWith("# ") && line.length() > "# HELP ".length() ? line.substring("# HELP ".length()) : line;
        int end = 0;
        while (end < name.length() && name.charAt(end) != ' ' && name.charAt(end) != '{') {
            end++;
        }
        return name.substring(0, end).contains(word);
    }
}
