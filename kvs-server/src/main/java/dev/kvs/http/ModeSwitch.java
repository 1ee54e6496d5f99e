package dev.kvs.http;

/** The door's port to the node's mode. Implemented in {@code boot}; safe for concurrent use. */
public interface ModeSwitch {
    /** The mode now. Asked before every write, so it must be cheap. */
    Mode mode();

    /** Why writes are refused in a mode other than {@link Mode#NORMAL}, and what ends that. */
    default String reason() {
        return switch (mode()) {
            case NORMAL -> "The node takes writes.";
            case READ_ONLY -> "The node takes no writes until its mode is normal.";
            case SYNCING -> "The node takes no writes until it has caught up.";
        };
    }

    /**
     * Changes it to {@link Mode#NORMAL} or {@link Mode#READ_ONLY}; effective when this returns. Throws {@code read_only} when
     * the node cannot take writes any more.
     */
    void change(Mode mode);
}
