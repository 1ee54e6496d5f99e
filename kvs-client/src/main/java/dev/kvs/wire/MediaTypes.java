package dev.kvs.wire;

/** The media types of the contract. */
public final class MediaTypes {
    public static final String JSON = "application/json";

    /** Asks for, or is, the bare document instead of its envelope; the same as {@code ?raw}. */
    public static final String RAW_JSON = "application/vnd.kvs.raw+json";

    /** RFC 7396. */
    public static final String MERGE_PATCH = "application/merge-patch+json";

    /** RFC 6902. */
    public static final String JSON_PATCH = "application/json-patch+json";

    /** What nodes send to nodes. */
    public static final String OCTET_STREAM = "application/octet-stream";

    /** RFC 9457; every refusal. */
    public static final String PROBLEM = Problem.MEDIA_TYPE;

    /** One JSON document a line. */
    public static final String NDJSON = "application/x-ndjson";

    /** What is sent as it happens: Server-Sent Events. */
    public static final String EVENT_STREAM = "text/event-stream";

    /** The Prometheus text form of {@code /metrics}. */
    public static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private MediaTypes() {}
}
