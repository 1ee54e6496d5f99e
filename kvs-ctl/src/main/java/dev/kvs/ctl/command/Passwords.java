package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Streams;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Gets passwords from where nobody else sees them: a terminal that does not show what is typed, a file, or a pipe. */
final class Passwords {
    /** Far above any password, far below any file named by mistake. */
    private static final int BYTES_MAX = 4096;

    private final Session session;

    Passwords(Session session) {
        this.session = session;
    }

    /** A password that is known: asked for once. */
    String known(String user, @Nullable String file) {
        return file == null ? typed("Password of " + user + ": ") : read(file);
    }

    /** A password that is made up now: asked for twice, because nobody sees what he types. */
    String fresh(String user, @Nullable String file) {
        if (file != null) {
            return read(file);
        }
        String password = typed("New password of " + user + ": ");
        if (!password.equals(typed("Once more: "))) {
            throw Failure.usage("the two passwords are not the same");
        }
        return password;
    }

    /** The JDK answers null where standard input or output is not a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private String typed(String prompt) {
        boolean ask =
                session.output().streams().inIsTerminal() && !session.settings().noInput();
        Console console = ask ? System.console() : null;
        if (console == null) {
            throw Failure.usage(
                    "without a terminal no password is asked for; name a file with --password-file, or - for"
                            + " standard input");
        }
        char[] password = console.readPassword("%s", prompt);
        if (password == null) {
            throw Failure.of(ExitCode.CANCELLED, "cancelled", "no password was given");
        }
        return checked(new String(password), "the password");
    }

    private String read(String file) {
        if (!file.equals("-")) {
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                return line(in.readNBytes(BYTES_MAX + 1), "--password-file " + file);
            } catch (IOException | InvalidPathException e) {
                throw Failure.usage("--password-file " + file + " cannot be read: " + Failure.reason(e));
            }
        }
        Streams streams = session.output().streams();
        if ("-".equals(session.settings().tokenFile())) {
            throw Failure.usage("--password-file and --token-file cannot both be standard input");
        }
        if (streams.inIsTerminal()) {
            throw Failure.usage("--password-file - would show the password on the terminal; leave the flag out");
        }
        return line(streams.readAll(BYTES_MAX), "standard input");
    }

    /** One line without its end; blanks belong to the password. */
    private static String line(byte[] bytes, String where) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (bytes.length > BYTES_MAX || line.indexOf('\n') >= 0) {
            throw Failure.usage(where + " holds more than a line of " + BYTES_MAX + " bytes");
        }
        return checked(line, where);
    }

    private static String checked(String password, String where) {
        if (password.isEmpty()) {
            throw Failure.usage(where + " is empty");
        }
        return password;
    }
}
