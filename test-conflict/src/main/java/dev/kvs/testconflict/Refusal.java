package dev.kvs.testconflict;

/** What was asked for cannot be done; the message says why and what to do. Nothing was written. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message, null, false, false);
    }
}
