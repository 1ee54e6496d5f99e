package dev.kvs.boot;

/** How the process ends, for scripts and supervisors. Printed by {@code --help}. */
public enum ExitCode {
    /** Stopped in order, by a signal; or help, version and check-config did their work. */
    OK(0, "stopped in order"),
    /** A fault of the program: the only case with a stack trace. */
    FAULT(1, "a fault of the program; the log has the stack trace"),
    /** The arguments make no sense. */
    USAGE(2, "the arguments are wrong"),
    /** The configuration has problems. */
    CONFIG(3, "the configuration cannot be used"),
    /** The data directory cannot be used, or another node is using it. */
    DATA_DIR(4, "the data directory cannot be used, or another node is using it"),
    /** What is stored is damaged. */
    DAMAGED_STORE(5, "what is stored is damaged; nothing was changed"),
    /** The address cannot be listened on. */
    ADDRESS(6, "the address cannot be listened on");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }

    /** What it means, for the help text. */
    public String meaning() {
        return meaning;
    }
}
