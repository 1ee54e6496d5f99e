package dev.kvs.ctl;

import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.command.Commands;
import dev.kvs.ctl.command.GlobalOptions;
import dev.kvs.ctl.command.Refusals;
import dev.kvs.ctl.command.Session;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.OutputLost;
import dev.kvs.ctl.output.Streams;
import dev.kvs.ctl.shell.ShellCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One run of the program, from arguments to exit code. */
public final class Kvsctl {
    /** Of a mistake of this program's own: enough to find the place, few enough for a bug report. */
    private static final int FRAMES_SHOWN = 5;

    private final Streams streams;
    private final Map<String, String> environment;

    public Kvsctl(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = Map.copyOf(environment);
    }

    /** Runs the program on the process's own streams and ends the process. */
    public static void main(String[] args) {
        System.exit(new Kvsctl(ProcessStreams.open(), System.getenv()).run(args));
    }

    /** Runs one command and returns the exit code. Throws nothing: whatever went wrong is on standard error. */
    public int run(String... args) {
        List<String> words = List.of(args);
        try {
            int code = execute(words);
            streams.flush();
            return code;
        } catch (OutputLost lost) {
            return lost(words, lost);
        } catch (KvsClientException thrown) {
            return failed(words, Refusals.of(thrown));
        } catch (Failure failure) {
            return failed(words, failure);
        } catch (RuntimeException defect) {
            return failed(
                    words, Failure.of(ExitCode.SERVER_ERROR, "defect", "kvsctl made a mistake: " + trace(defect)));
        }
    }

    /** All commands, the shell that runs the others among them. */
    static Commands commands(Session session, Map<String, String> environment) {
        Commands commands = new Commands(session);
        return commands.with(
                "shell",
                own -> new ShellCommand(
                        own,
                        commands,
                        environment,
                        (streams, words) -> new Kvsctl(streams, environment).run(words.toArray(String[]::new))));
    }

    private int execute(List<String> words) {
        CommandWords.checkDecoded(words);
        if (!words.isEmpty() && words.getFirst().equals(CompletionLines.WORD)) {
            return CompletionLines.print(words.subList(1, words.size()), streams, environment);
        }
        GlobalOptions options = new GlobalOptions();
        try (Session session = new Session(options, streams, environment)) {
            return CommandWords.call(commands(session, environment), options, words, session);
        }
    }

    /**
     * What was printed before the failure goes first, so that the two streams tell the story in order. When nobody takes
     * it, the failure is still what counts.
     */
    private int failed(List<String> words, Failure failure) {
        try {
            streams.flush();
        } catch (OutputLost lessThanTheFailure) {
            return report(words, failure);
        }
        return report(words, failure);
    }

    private int lost(List<String> words, OutputLost lost) {
        if (lost.readerHasLeft()) {
            return ExitCode.OK.code();
        }
        String detail = "the output could not be written: " + lost.reason();
        return report(words, Failure.of(ExitCode.SERVER_ERROR, "output_lost", detail));
    }

    /** Says on standard error what went wrong, and returns the exit code. */
    private int report(List<String> words, Failure failure) {
        boolean json = CommandWords.asksForJson(words, environment);
        streams.err((json ? failure.json() : "kvsctl: " + failure.text()) + "\n");
        return failure.exit().code();
    }

    private static String trace(RuntimeException defect) {
        return Arrays.stream(defect.getStackTrace())
                .limit(FRAMES_SHOWN)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(", ", defect + " at ", ""));
    }
}
