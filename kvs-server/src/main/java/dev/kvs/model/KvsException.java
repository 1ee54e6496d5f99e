package dev.kvs.model;

import dev.kvs.wire.ErrorCode;

/**
 * A request that is refused, with the stable word that names why. Thrown by constructors that check their input and by
 * the node's doors; the message says what was wrong, where, and what to do, and is shown to the caller. Carries no stack
 * trace: a refusal is an answer, not a fault, and must stay cheap when a hostile client asks for many.
 */
public class KvsException extends RuntimeException {
    private final ErrorCode code;
    private final String detail;

    public KvsException(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    /** The refusal of a key that has no document, or none that the caller may know of: both look the same. */
    public static KvsException notFound(Key key) {
        return new KvsException(ErrorCode.NOT_FOUND, key + " is not stored on this node.");
    }

    /** The entry of the error table. */
    public ErrorCode code() {
        return code;
    }

    /** What was wrong, where, and what to do. */
    public String detail() {
        return detail;
    }
}
