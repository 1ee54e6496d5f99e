package dev.kvs.peer;

/** No node of this cluster has answered; the message says what happened instead. Never leaves this package. */
final class NoAnswerException extends Exception {
    NoAnswerException(String explanation) {
        super(explanation, null, false, false);
    }

    /** The explanation. */
    String explanation() {
        return String.valueOf(getMessage());
    }
}
