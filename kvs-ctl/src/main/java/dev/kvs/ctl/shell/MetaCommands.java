package dev.kvs.ctl.shell;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Streams;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The lines that begin with a backslash: they speak of the shell, and not of the cluster. */
final class MetaCommands {
    /** All of them, for completion. */
    static final List<String> NAMES = List.of("\\help", "\\timing", "\\x", "\\watch", "\\o", "\\c", "\\!", "\\q");

    private static final String HELP = """
        Commands are those of kvsctl without the first word: get users/ada, help, help put.
        JSON needs no quotes and may take several lines: put users/ada {"name": "Ada"}
        Other words with blanks go between single quotes, or have a backslash before the blank.

        cd PREFIX        work below a prefix; .. goes up, / is the root; pwd tells where
        exit             end; Ctrl-D too
        \\timing          tell how long each command takes, or tell it no more
        \\x               show everything as YAML, or show it so no more
        \\watch [S] LINE  repeat a line every S seconds, 2 unless said, until Ctrl-C
        \\o [FILE]        write what commands print to a file; without one, here again
        \\c [CONTEXT]     go to another context; without one, tell which
        \\! COMMAND       run a command of the system

        Lines that begin with a blank, or look as if they held a secret, are not kept in the history.
        """;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double SECONDS_MAX = 86_400;

    private final Shell shell;
    private boolean timing;
    private boolean expanded;
    private @Nullable OutputStream file;

    MetaCommands(Shell shell) {
        this.shell = shell;
    }

    /** Runs one line that begins with a backslash. */
    int execute(String line) {
        int blank = line.indexOf(' ');
        String name = blank < 0 ? line : line.substring(0, blank);
        String rest = blank < 0 ? "" : line.substring(blank).strip();
        return switch (name) {
            case "\\help", "\\h", "\\?" -> told(HELP.stripTrailing());
            case "\\timing" -> timing(rest);
            case "\\x" -> expanded(rest);
            case "\\watch" -> watch(rest);
            case "\\o" -> output(rest);
            case "\\c" -> context(rest);
            case "\\!" -> system(rest);
            case "\\q" -> {
                shell.end();
                yield ExitCode.OK.code();
            }
            default -> {
                if (line.startsWith("\\!")) {
                    yield system(line.substring(2).strip());
                }
                throw Failure.usage("there is no " + name + "; \\help tells what there is");
            }
        };
    }

    private int told(String text) {
        shell.streams().print(text + "\n");
        return ExitCode.OK.code();
    }

    private int timing(String rest) {
        timing = switched(rest, timing);
        return told("Timing is " + (timing ? "on." : "off."));
    }

    private int expanded(String rest) {
        expanded = switched(rest, expanded);
        List<String> flags = without(shell.flags(), "--output");
        if (expanded) {
            flags.addAll(List.of("--output", "yaml"));
        }
        shell.flags(flags);
        return told("Expanded display is " + (expanded ? "on." : "off."));
    }

    private static boolean switched(String rest, boolean now) {
        return switch (rest) {
            case "" -> !now;
            case "on" -> true;
            case "off" -> false;
            default -> throw Failure.usage("'" + rest + "' must be on or off");
        };
    }

    private static List<String> without(List<String> flags, String name) {
        List<String> left = new ArrayList<>(flags);
        int at = left.indexOf(name);
        if (at >= 0) {
            left.subList(at, at + 2).clear();
        }
        return left;
    }

    /** Repeats until the line fails or the thread is interrupted, which Ctrl-C does. */
    private int watch(String rest) {
        double seconds = 2;
        String line = rest;
        if (rest.matches("[0-9]+(\\.[0-9]+)?( .*)?")) {
            String[] parts = rest.split(" ", 2);
            seconds = Double.parseDouble(parts[0]);
            line = parts.length == 1 ? "" : parts[1].strip();
        }
        if (line.isEmpty() || line.startsWith("\\watch") || seconds > SECONDS_MAX) {
            throw Failure.usage("write \\watch SECONDS LINE, such as \\watch 5 status");
        }
        int code = ExitCode.OK.code();
        while (code == ExitCode.OK.code() && !Thread.currentThread().isInterrupted()) {
            code = shell.execute(line);
            LockSupport.parkNanos((long) (seconds * NANOS_PER_SECOND));
        }
        return Thread.interrupted() ? ExitCode.CANCELLED.code() : code;
    }

    private int output(String name) {
        close();
        if (!name.isEmpty()) {
            try {
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(name)));
                file = out;
                Streams own = shell.streams();
                shell.target(new Streams(own.in(), out, own.err(), own.inIsTerminal(), false, own.errIsTerminal()));
            } catch (IOException | InvalidPathException e) {
                throw Failure.usage(name + " cannot be written: " + Failure.reason(e));
            }
        }
        return ExitCode.OK.code();
    }

    /** Ends the file that output goes to, if there is one. */
    void close() {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            throw Failure.of(ExitCode.SERVER_ERROR, "output_lost", "\\o: " + Failure.reason(e));
        } finally {
            file = null;
            shell.target(shell.streams());
        }
    }

    private int context(String name) {
        if (name.isEmpty()) {
            return shell.execute("context show");
        }
        List<String> before = shell.flags();
        List<String> flags = without(without(without(before, "--context"), "--server"), "--token-file");
        flags.addAll(List.of("--context", name));
        shell.flags(flags);
        int code = shell.execute("context show " + ShellWords.typed(name));
        if (code != ExitCode.OK.code()) {
            shell.flags(before);
        }
        return code;
    }

    private int system(String command) {
        if (command.isEmpty()) {
            throw Failure.usage("write \\! COMMAND");
        }
        try {
            shell.streams().flush();
            boolean terminal = shell.streams().inIsTerminal();
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectInput(
                            terminal
                                    ? ProcessBuilder.Redirect.INHERIT
                                    : ProcessBuilder.Redirect.from(
                                            Path.of("/dev/null").toFile()));
            if (terminal) {
                builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
            }
            Process process = builder.start();
            try (InputStream out = process.getInputStream()) {
                out.transferTo(shell.target().out());
            }
            return process.waitFor() == 0 ? ExitCode.OK.code() : ExitCode.SERVER_ERROR.code();
        } catch (IOException e) {
            throw Failure.of(ExitCode.SERVER_ERROR, "not_run", "\\!: " + Failure.reason(e));
        } catch (InterruptedException e) {
            return ExitCode.CANCELLED.code();
        }
    }

    /** Runs something and tells how long it took, if that is asked for. */
    int timed(IntSupplier command) {
        long start = System.nanoTime();
        int code = command.getAsInt();
        if (timing) {
            shell.say(String.format(Locale.ROOT, "Time: %.1f ms", (System.nanoTime() - start) / NANOS_PER_MILLI));
        }
        return code;
    }
}
