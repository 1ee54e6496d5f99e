package dev.kvs.ctl.output;

import dev.kvs.wire.ErrorCode;

/** How a command ended, as scripts see it. The numbers are a promise; a new outcome gets a new number. */
public enum ExitCode {
    OK(0, "it worked"),
    SERVER_ERROR(1, "the node refused or failed for a reason of its own, or the output could not be written"),
    USAGE(2, "the command line or what was sent is not valid"),
    NOT_FOUND(3, "the key, the revision or the --pointer target is not there"),
    NOT_ALLOWED(4, "the token is missing, not valid, or lacks the right"),
    PRECONDITION_FAILED(5, "--if-match, --if-absent or another condition does not hold"),
    UNREACHABLE(6, "no server could be reached, or none answered in time"),
    FINDING(7, "the command worked and found something wrong, for example a degraded node"),
    PARTIAL(8, "some of several operations worked"),
    CANCELLED(130, "interrupted with Ctrl-C, or not confirmed when asked");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number the process ends with, 0 to 255. */
    public int code() {
        return code;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }

    /**
     * The exit code for a refusal. An unknown path is not {@link #NOT_FOUND}: a script that tests for a key must not
     * take the wrong server for a missing key.
     */
    public static ExitCode of(ErrorCode code) {
        return switch (code) {
            case INVALID_KEY,
                    INVALID_JSON,
                    INVALID_REQUEST,
                    UNKNOWN_PARAMETER,
                    INVALID_PARAMETER,
                    INVALID_HEADER,
                    INVALID_PATCH,
                    BODY_TOO_LARGE,
                    URI_TOO_LONG,
                    HEADERS_TOO_LARGE -> USAGE;
            case UNAUTHORIZED, UNKNOWN_SESSION, BAD_SIGNATURE, REPLAYED, WRONG_CLUSTER, FORBIDDEN -> NOT_ALLOWED;
            case NOT_FOUND,
                    REVISION_NOT_FOUND,
                    MEMBER_NOT_FOUND,
                    CONFLICT_NOT_FOUND,
                    USER_NOT_FOUND,
                    GROUP_NOT_FOUND,
                    TOKEN_NOT_FOUND,
                    POLICY_NOT_FOUND -> NOT_FOUND;
            case PRECONDITION_FAILED, NAME_TAKEN, PATCH_CONFLICT, IDEMPOTENCY_MISMATCH -> PRECONDITION_FAILED;
            case REQUEST_TIMEOUT, OUTCOME_UNKNOWN -> UNREACHABLE;
            case UNKNOWN_PATH,
                    CLUSTER_MISMATCH,
                    DUPLICATE_NODE,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    LENGTH_REQUIRED,
                    UNSUPPORTED_MEDIA_TYPE,
                    RATE_LIMITED,
                    INTERNAL,
                    READ_ONLY,
                    SYNCING,
                    OVERLOADED,
                    SHUTTING_DOWN,
                    STORAGE_FAILED,
                    CLOCK_SKEW,
                    QUORUM_UNAVAILABLE -> SERVER_ERROR;
        };
    }
}
