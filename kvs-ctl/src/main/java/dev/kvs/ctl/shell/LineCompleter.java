package dev.kvs.ctl.shell;

import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.command.Commands;
import dev.kvs.ctl.command.GlobalOptions;
import dev.kvs.ctl.command.Names;
import dev.kvs.ctl.command.Session;
import dev.kvs.ctl.completion.Candidate;
import dev.kvs.ctl.completion.Completion;
import dev.kvs.ctl.completion.Position;
import dev.kvs.ctl.output.Failure;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Gives JLine what may stand at the cursor: what {@link Completion} finds, and the shell's own words. */
final class LineCompleter implements Completer {
    private static final List<String> OWN = List.of("cd", "pwd", "exit");

    private final Shell shell;
    private final Commands commands;
    private final Map<String, String> environment;

    LineCompleter(Shell shell, Commands commands, Map<String, String> environment) {
        this.shell = shell;
        this.commands = commands;
        this.environment = environment;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<org.jline.reader.Candidate> candidates) {
        GlobalOptions options = new GlobalOptions();
        Position _ = new Position(commands.named(options, shell.flags()), shell.flags());
        try (Session session = new Session(options, shell.streams(), environment)) {
            find(line, options, new Names(session, shell.place()))
                    .map(LineCompleter::shown)
                    .forEach(candidates::add);
        } catch (Failure | KvsClientException silent) {
            // Somebody is typing: what cannot be found out is not shown.
            return;
        }
    }

    private Stream<Candidate> find(ParsedLine line, GlobalOptions options, Names names) {
        List<String> before = line.words().subList(0, line.wordIndex());
        String partial = line.word();
        if (!before.isEmpty() && before.getFirst().equals("cd")) {
            return names.below(partial).stream()
                    .filter(name -> name.endsWith("/"))
                    .map(name -> new Candidate(name, "", true));
        }
        Stream<Candidate> found = new Completion(commands, options, names).find(before, partial).candidates().stream();
        return before.isEmpty()
                ? Stream.concat(
                                found,
                                Stream.concat(OWN.stream(), MetaCommands.NAMES.stream())
                                        .map(name -> new Candidate(name, "", false)))
                        .filter(each -> each.text().startsWith(partial))
                : found;
    }

    private static org.jline.reader.Candidate shown(Candidate candidate) {
        String description = candidate.description().isEmpty() ? null : candidate.description();
        return new org.jline.reader.Candidate(
                candidate.text(), candidate.text(), null, description, null, null, !candidate.goesOn());
    }
}
