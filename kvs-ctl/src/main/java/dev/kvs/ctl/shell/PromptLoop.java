package dev.kvs.ctl.shell;

import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.command.Commands;
import dev.kvs.ctl.command.GlobalOptions;
import dev.kvs.ctl.command.Session;
import dev.kvs.ctl.completion.Position;
import dev.kvs.ctl.context.PrivateFiles;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.HealthReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A person at a terminal: asks for lines until there are no more. */
final class PromptLoop {
    /** A prompt that comes late is worse than one that does not know how the node is. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** So often at most the node is asked how it is. */
    private static final long REFRESH_NANOS = 2_000_000_000L;

    /** Narrower terminals get a prompt that says the place alone. */
    private static final int COLUMNS_MIN = 60;

    private final Shell shell;
    private final Session session;
    private final Commands commands;
    private final Map<String, String> environment;
    private String node = "";
    private long asked;

    PromptLoop(Shell shell, Session session, Commands commands, Map<String, String> environment) {
        this.shell = shell;
        this.session = session;
        this.commands = commands;
        this.environment = environment;
    }

    /** Runs until {@code exit} or Ctrl-D. Ctrl-C ends a command that runs, or forgets the line that is being typed. */
    ExitCode run() {
        Thread worker = Thread.currentThread();
        try (Terminal terminal =
                TerminalBuilder.builder().name("kvsctl").system(true).build()) {
            terminal.handle(Terminal.Signal.INT, any -> worker.interrupt());
            LineReader reader = reader(terminal);
            while (!shell.ended()) {
                try {
                    String line = reader.readLine(prompt(terminal.getSize().getColumns()));
                    shell.execute(line);
                } catch (UserInterruptException forgotten) {
                    shell.say("Ctrl-D or exit ends the shell.");
                }
                // A command that was interrupted leaves the flag behind.
                boolean _ = Thread.interrupted();
            }
        } catch (EndOfFileException end) {
            shell.end();
        } catch (IOException e) {
            throw Failure.of(ExitCode.SERVER_ERROR, "no_terminal", "the terminal cannot be used: " + e.getMessage());
        }
        return ExitCode.OK;
    }

    private LineReader reader(Terminal terminal) throws IOException {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .appName("kvsctl")
                .terminal(terminal)
                .parser(new LineParser())
                .completer(new LineCompleter(shell, commands, environment))
                .history(new DiscreetHistory())
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "... ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true);
        Path file = historyFile();
        if (file != null) {
            builder.variable(LineReader.HISTORY_FILE, file);
        }
        // Without styles nobody could tell a hint from what was typed.
        boolean hints = session.isColored() && terminal.getSize().getColumns() >= COLUMNS_MIN;
        if (!hints) {
            return builder.build();
        }
        LineReader reader = builder.highlighter(new Hints(commands)).build();
        reader.setAutosuggestion(LineReader.SuggestionType.TAIL_TIP);
        return reader;
    }

    /** The file of the history, readable by its owner alone; null when there is no place for one. */
    private @Nullable Path historyFile() throws IOException {
        Path folder = session.configFolder();
        if (folder == null) {
            return null;
        }
        Path file = folder.resolve("history");
        if (!Files.exists(file)) {
            if (!PrivateFiles.isWritable(file)) {
                return null;
            }
            PrivateFiles.write(file, "");
        }
        return file;
    }

    private String prompt(int columns) {
        String place = "/" + shell.place().prefix() + "> ";
        if (columns > 0 && columns < COLUMNS_MIN) {
            return place;
        }
        long now = System.nanoTime();
        GlobalOptions options = new GlobalOptions();
        Position _ = new Position(commands.named(options, shell.flags()), shell.flags());
        try (Session own = new Session(options, shell.streams(), environment)) {
            String context = own.contextName().map(name -> "[" + name + "]").orElse("");
            if (node.isEmpty() || now - asked > REFRESH_NANOS) {
                node = node(own);
                asked = now;
            }
            return "kvs" + context + " " + node + " " + place;
        } catch (Failure notUnderstood) {
            return place;
        }
    }

    private static String node(Session own) {
        try {
            HealthReport report = own.health(PATIENCE);
            return report.nodeId() + " " + report.mode();
        } catch (KvsClientException silent) {
            return "offline";
        }
    }
}
