package dev.kvs.audit;

/** Bytes of an audit log that are not what was written there. */
final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String message) {
        super(message);
    }
}
