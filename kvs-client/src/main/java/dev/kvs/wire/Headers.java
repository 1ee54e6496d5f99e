package dev.kvs.wire;

/** The headers of the contract, written down once. Times in them are decimal milliseconds since the epoch. */
public final class Headers {
    /** On every answer: finds the request in the node's log. A client may send its own. */
    public static final String REQUEST_ID = "X-Request-Id";

    /** On every answer that carries or made a version: its {@code timestamp}; {@code Last-Modified} knows only seconds. */
    public static final String TIMESTAMP = "KVS-Timestamp";

    /** On reads and writes of a value that expires: when; absent when it never does. */
    public static final String EXPIRES_AT = "KVS-Expires-At";

    /** On every write: how many nodes hold it durably, at least 1. */
    public static final String ACKS = "KVS-Acks";

    /** On {@code ?at}: {@code false} when pruned history may have hidden the right value, else {@code true}. */
    public static final String COMPLETE = "KVS-Complete";

    /** On answers to conditional writes: how far the condition holds: {@code node}, {@code quorum} or {@code key}. */
    public static final String CONDITION_SCOPE = "KVS-Condition-Scope";

    /** On every refusal: the {@code code} of the problem document, for answers to HEAD, which have no body. */
    public static final String ERROR_CODE = "KVS-Error-Code";

    /** On writes: 1 to 255 visible ASCII characters that make a repeat safe for 10 minutes on the same node. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** On a refusal for want of a token, to callers on the node's own machine: the file that root's token is in. */
    public static final String TOKEN_FILE = "KVS-Token-File";

    /** On requests without a token: 1 to 64 visible characters, different each time, that {@link #TOKEN_PROOF} is over. */
    public static final String TOKEN_NONCE = "KVS-Token-Nonce";

    /** With {@link #TOKEN_FILE}: shows that the node knows the token in it, see {@link TokenProof}. */
    public static final String TOKEN_PROOF = "KVS-Token-Proof";

    /** On what the console of a node asks it for a visitor: a secret of theirs that is good while he is answered. */
    public static final String SITE_PASS = "KVS-Site-Pass";

    /** Requests that the caller may make in a window. */
    public static final String RATE_LIMIT = "RateLimit-Limit";

    /** Those that are left. */
    public static final String RATE_REMAINING = "RateLimit-Remaining";

    /** Seconds until the next window. */
    public static final String RATE_RESET = "RateLimit-Reset";

    public static final String WWW_AUTHENTICATE = "WWW-Authenticate";
    public static final String ACCEPT = "Accept";
    public static final String ALLOW = "Allow";
    public static final String AUTHORIZATION = "Authorization";
    public static final String CACHE_CONTROL = "Cache-Control";
    public static final String CONTENT_LENGTH = "Content-Length";
    public static final String CONTENT_TYPE = "Content-Type";
    public static final String ETAG = "ETag";
    public static final String IF_MATCH = "If-Match";
    public static final String IF_NONE_MATCH = "If-None-Match";
    public static final String LAST_MODIFIED = "Last-Modified";
    public static final String LOCATION = "Location";
    public static final String RETRY_AFTER = "Retry-After";
    public static final String USER_AGENT = "User-Agent";
    public static final String VARY = "Vary";

    /** The id of the last event that was seen of a watch; it goes on behind that. */
    public static final String LAST_EVENT_ID = "Last-Event-ID";

    private Headers() {}
}
