package dev.kvs.boot;

/** The node cannot start, for a reason its operator can remove. Shown as one message, without a stack trace. */
public final class StartException extends Exception {
    private final ExitCode exitCode;

    /** What is wrong and what to do, in whole sentences. */
    public StartException(ExitCode exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /** How the process ends. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
