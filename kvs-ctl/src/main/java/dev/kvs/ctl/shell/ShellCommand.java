package dev.kvs.ctl.shell;

import dev.kvs.ctl.command.Action;
import dev.kvs.ctl.command.Commands;
import dev.kvs.ctl.command.Session;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Streams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kvsctl shell}. */
@Command(
        name = "shell",
        description = {
            "The same commands without their first word, from a person or a script, many in one process.",
            "cd and pwd move among prefixes, Tab completes commands, flags and keys, JSON may take several lines;"
                    + " \\help tells the rest.",
            "A script goes on when a command fails, and ends with 8 then, or at once with --stop-on-error."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl shell",
            "  kvsctl shell -c staging",
            "  kvsctl shell -f batch.kvs --stop-on-error",
            "  echo 'get users/ada' | kvsctl shell"
        })
public final class ShellCommand implements Action {
    private final Session session;
    private final Commands commands;
    private final Map<String, String> environment;
    private final ToIntBiFunction<Streams, List<String>> program;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE|-",
            description = "Run these lines and end; - for standard input.")
    @Nullable
    String file;

    @Option(names = "--stop-on-error", description = "End a script with the first command that fails.")
    boolean stopOnError;

    /**
     * A shell that has not begun.
     *
     * @param program runs one command line and gives its exit code
     */
    public ShellCommand(
            Session session,
            Commands commands,
            Map<String, String> environment,
            ToIntBiFunction<Streams, List<String>> program) {
        this.session = session;
        this.commands = commands;
        this.environment = environment;
        this.program = program;
    }

    @Override
    public ExitCode run() {
        Streams streams = session.output().streams();
        if (session.flags().words().contains("-")) {
            throw Failure.usage("--token-file - can be read by one command alone; name a file");
        }
        Shell shell = new Shell(session, commands, streams, program);
        boolean person = streams.inIsTerminal() && streams.outIsTerminal();
        if (file == null && person) {
            return new PromptLoop(shell, session, commands, environment).run();
        }
        try (InputStream in = open(streams)) {
            return new Script(shell, file == null ? "-" : file, stopOnError).run(in);
        } catch (IOException | InvalidPathException e) {
            throw Failure.usage("the script " + file + " cannot be read: " + Failure.reason(e));
        }
    }

    /** Standard input is read to its end first: the commands of the script do not read it. */
    private InputStream open(Streams streams) throws IOException {
        return file == null || file.equals("-")
                ? new ByteArrayInputStream(streams.readAll(Script.BYTES_MAX))
                : Files.newInputStream(Path.of(file));
    }
}
