package dev.kvs.http;

/** The door's port to the node's mode. Implemented in {@code boot}; safe for concurrent use. */
public interface ModeSwitch {
    /** The mode now. Asked before every write, so it must be cheap. */
    Mode mode();

    /** Changes it to {@link Mode#NORMAL} or {@link Mode#READ_ONLY}; effective when this returns. */
    void change(Mode mode);
}
