package dev.kvs.ctl.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes. Everything is UTF-8, whatever the locale says.
 *
 * @param in standard input
 * @param out standard output; a failed write ends the command
 * @param err standard error; a failed write is ignored, since there is nowhere left to report it
 * @param inIsTerminal whether a person could type
 * @param outIsTerminal whether a person sees the output
 * @param errIsTerminal whether a person sees progress
 */
public record Streams(
        InputStream in,
        OutputStream out,
        OutputStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal) {
    /** Longer than any answer to a question. */
    private static final int LINE_MAX = 8192;

    /** Writes text to standard output; {@link OutputLost} when that fails. */
    public void print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputLost(e);
        }
    }

    /** Pushes out what is buffered for standard output. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new OutputLost(e);
        }
    }

    /** Writes text to standard error at once. */
    public void err(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException nowhereToReport) {
            // Standard error is gone; the exit code still tells.
            return;
        }
    }

    /** Reads a line of standard input, 8 KiB of it at most; what there is when it ends before. */
    public String readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0 && b != '\n' && line.size() < LINE_MAX; b = in.read()) {
                line.write(b);
            }
        } catch (IOException e) {
            throw Failure.usage("standard input cannot be read: " + e.getMessage());
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /** Reads standard input to its end, at most {@code limit} bytes. */
    public byte[] readAll(int limit) {
        try {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw Failure.usage("standard input holds more than " + limit + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw Failure.usage("standard input cannot be read: " + e.getMessage());
        }
    }
}
