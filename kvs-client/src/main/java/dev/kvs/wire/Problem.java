package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error as it travels: RFC 9457 {@code application/problem+json}.
 *
 * <pre>{@code
 * {"type":"about:blank","title":"Nothing is stored under this key","status":404,
 *  "detail":"users/ada is not stored on this node","code":"not_found","request_id":"0192..."}
 * }</pre>
 *
 * @param type always {@code about:blank}; the code carries the meaning
 * @param title a short sentence, the same for every error of this code
 * @param status the HTTP status
 * @param detail what was wrong here, where, and what to do
 * @param code the stable word of {@link ErrorCode}
 * @param requestId the value of {@code X-Request-Id}, for finding the request in the node's log
 * @param members {@code host:port} of members that would take what this node refuses in its mode; null when none is known
 * @param done what an import that was stopped had done until then; null when the refusal is of something else
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @JsonProperty("request_id") String requestId,
        @Nullable List<String> members,
        @Nullable ImportReport done) {
    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        Objects.requireNonNull(type);
        Objects.requireNonNull(title);
        Objects.requireNonNull(detail);
        Objects.requireNonNull(code);
        Objects.requireNonNull(requestId);
        members = members == null ? null : List.copyOf(members);
    }

    /** The problem document for one refusal. */
    public static Problem of(ErrorCode code, String detail, String requestId) {
        return of(code.title(), code.status(), detail, code.code(), requestId);
    }

    /** The problem document for a refusal whose code need not be in the table. */
    public static Problem of(String title, int status, String detail, String code, String requestId) {
        return new Problem("about:blank", title, status, detail, code, requestId, null, null);
    }

    /** This problem, with members that may do what this one refuses; as it is when there are none. */
    public Problem with(List<String> others) {
        return others.isEmpty() ? this : new Problem(type, title, status, detail, code, requestId, others, done);
    }

    /** This problem, with what was done before it arose. */
    public Problem after(ImportReport report) {
        return new Problem(type, title, status, detail, code, requestId, members, report);
    }
}
