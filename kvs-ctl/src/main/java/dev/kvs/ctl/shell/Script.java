package dev.kvs.ctl.shell;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Lines that are run one after the other. A line with an open quote or bracket goes on with the next one; one that begins with
 * {@code #} is a comment.
 */
final class Script {
    /** Far above any script, far below any data set named by mistake. */
    static final int BYTES_MAX = 64 << 20;

    private final Shell shell;
    private final String name;
    private final boolean stopOnError;
    private int firstFailure;
    private boolean anyWorked;

    Script(Shell shell, String name, boolean stopOnError) {
        this.shell = shell;
        this.name = name;
        this.stopOnError = stopOnError;
    }

    /** Runs to the end, to {@code exit}, or to the first failure if that is asked for. */
    ExitCode run(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null && !shell.ended(); line = lines.readLine()) {
            int first = ++number;
            StringBuilder whole = new StringBuilder(line);
            while (!isComment(whole) && new ShellWords(whole.toString()).isOpen()) {
                String more = lines.readLine();
                if (more == null) {
                    throw Failure.usage(name + ":" + first + ": the quote or bracket that begins here is not closed");
                }
                whole.append('\n').append(more);
                number++;
            }
            if (!isComment(whole) && !whole.toString().isBlank() && !works(whole.toString(), first) && stopOnError) {
                break;
            }
        }
        return firstFailure == 0 ? ExitCode.OK : anyWorked && !stopOnError ? ExitCode.PARTIAL : code(firstFailure);
    }

    private static boolean isComment(StringBuilder line) {
        return line.toString().stripLeading().startsWith("#");
    }

    private boolean works(String line, int number) {
        int code = shell.execute(line);
        if (code == 0) {
            anyWorked = true;
            return true;
        }
        firstFailure = firstFailure == 0 ? code : firstFailure;
        shell.say("kvsctl: " + name + ":" + number + " ended with " + code);
        return false;
    }

    private static ExitCode code(int number) {
        for (ExitCode exit : ExitCode.values()) {
            if (exit.code() == number) {
                return exit;
            }
        }
        return ExitCode.SERVER_ERROR;
    }
}
