package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Commands that share a first word, such as {@code members list} and {@code members show}; does nothing by itself. */
final class Group implements Action {
    private final String name;
    private final String description;
    private final Map<String, Function<Session, Action>> table = new LinkedHashMap<>();

    Group(String name, String description) {
        this.name = name;
        this.description = description;
    }

    String name() {
        return name;
    }

    Group with(String word, Function<Session, Action> command) {
        table.put(word, command);
        return this;
    }

    /** The group as picocli sees it. */
    CommandLine line(Session session) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
        spec.name(name);
        spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
        CommandLine line = new CommandLine(spec);
        table.forEach((word, command) -> line.addSubcommand(word, command.apply(session)));
        return line;
    }

    @Override
    public ExitCode run() {
        throw Failure.usage("name one of: " + name + " " + String.join(", " + name + " ", table.keySet()));
    }
}
