package dev.kvs.wire;

import java.util.Locale;
import java.util.Optional;

/**
 * Every refusal the node can give, with its stable word and HTTP status. Clients branch on {@link #code()}; titles and
 * details are for people and may change.
 */
public enum ErrorCode {
    INVALID_KEY(400, "The key is not valid"),
    INVALID_JSON(400, "The body is not valid JSON"),
    INVALID_REQUEST(400, "The request is not valid"),
    UNKNOWN_PARAMETER(400, "A query parameter is not known"),
    INVALID_PARAMETER(400, "A query parameter has a bad value"),
    INVALID_HEADER(400, "A header has a bad value"),
    INVALID_PATCH(400, "The patch is not valid"),
    UNAUTHORIZED(401, "A valid token is needed"),
    UNKNOWN_SESSION(401, "This node knows no such session"),
    BAD_SIGNATURE(401, "The signature is not that of a node of this cluster"),
    REPLAYED(401, "The call has been made before"),
    WRONG_CLUSTER(401, "The caller is not of this cluster"),
    FORBIDDEN(403, "This is not allowed"),
    NOT_FOUND(404, "Nothing is stored under this key"),
    REVISION_NOT_FOUND(404, "This revision is not kept here"),
    MEMBER_NOT_FOUND(404, "No member has this name"),
    CONFLICT_NOT_FOUND(404, "No conflict has this name here"),
    USER_NOT_FOUND(404, "There is no such user"),
    GROUP_NOT_FOUND(404, "There is no such group"),
    TOKEN_NOT_FOUND(404, "There is no such token"),
    POLICY_NOT_FOUND(404, "There is no such policy"),
    UNKNOWN_PATH(404, "There is nothing at this path"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be given"),
    REQUEST_TIMEOUT(408, "The request did not arrive in time"),
    PATCH_CONFLICT(409, "The patch does not fit the stored document"),
    IDEMPOTENCY_MISMATCH(409, "The idempotency key was used for another request"),
    CLUSTER_MISMATCH(409, "The node belongs to another cluster"),
    NAME_TAKEN(409, "The name is taken"),
    DUPLICATE_NODE(409, "The node's name, data directory or address is in use"),
    LENGTH_REQUIRED(411, "The request needs a length"),
    PRECONDITION_FAILED(412, "The condition does not hold"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    RATE_LIMITED(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL(500, "The node made a mistake"),
    READ_ONLY(503, "The node is read-only"),
    SYNCING(503, "The node is still catching up"),
    OVERLOADED(503, "The node is busy"),
    SHUTTING_DOWN(503, "The node is shutting down"),
    STORAGE_FAILED(503, "The node's storage has failed"),
    CLOCK_SKEW(503, "The node's clock is wrong"),
    QUORUM_UNAVAILABLE(503, "Too few replicas can be reached"),
    OUTCOME_UNKNOWN(504, "The outcome of the write is not known");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The stable word, for example {@code not_found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** A short sentence for people. */
    public String title() {
        return title;
    }

    /** Finds the constant for a stable word; empty for a word this version does not know. */
    public static Optional<ErrorCode> of(String code) {
        for (ErrorCode candidate : values()) {
            if (candidate.code().equals(code)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
