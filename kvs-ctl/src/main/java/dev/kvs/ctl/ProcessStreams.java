package dev.kvs.ctl;

import dev.kvs.ctl.output.Streams;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process's own streams, and whether a person sits at each. */
public final class ProcessStreams {
    /** One write per 16 KiB: large listings cost few system calls. */
    private static final int BUFFER_BYTES = 16 * 1024;

    private static final int IN = 0;
    private static final int OUT = 1;
    private static final int ERR = 2;

    private ProcessStreams() {}

    /** Streams without the swallowing of errors that {@link PrintStream} does: a full disk must be noticed. */
    public static Streams open() {
        return new Streams(
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
                new FileOutputStream(FileDescriptor.err),
                isTerminal(IN),
                isTerminal(OUT),
                isTerminal(ERR));
    }

    /**
     * Whether a file descriptor is a terminal. {@link System#console} only knows of standard input and output together;
     * Linux shows each one, and costs no process to ask.
     */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return hasConsole();
        }
    }

    /** The JDK's own consoles answer null where there is none, whatever was planned for JDK 22. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasConsole() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
