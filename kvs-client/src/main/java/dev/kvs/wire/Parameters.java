package dev.kvs.wire;

/** The query parameters of the data API. A node refuses every other with {@code unknown_parameter}. */
public final class Parameters {
    /** Flag. PUT: store the body verbatim, never unwrap it. GET: answer the bare document. */
    public static final String RAW = "raw";

    /** A {@link Durations} text after which the value expires; {@code 0} for never. */
    public static final String TTL = "ttl";

    /** How many nodes must hold a write before it is answered, at least 1. */
    public static final String ACKS = "acks";

    /** The UUID of one kept revision. */
    public static final String REVISION = "revision";

    /** A moment: milliseconds since the epoch, or ISO-8601 such as {@code 2026-01-31T12:00:00Z}. */
    public static final String AT = "at";

    /** Most entries in a page. */
    public static final String LIMIT = "limit";

    /** The {@code next} of the page before. */
    public static final String AFTER = "after";

    /** {@code true} adds {@link Child#metadata()} to a listing. */
    public static final String INCLUDE_METADATA = "include_metadata";

    /** How many levels of a tree. */
    public static final String DEPTH = "depth";

    /** {@code json} (flat) or {@code nested}. */
    public static final String FORMAT = "format";

    /** First key of a range, inclusive. */
    public static final String START_KEY = "start_key";

    /** End of a range, exclusive. */
    public static final String END_KEY = "end_key";

    /** {@code true} leaves the documents out. */
    public static final String KEYS_ONLY = "keys_only";

    /** {@code true} walks from the end towards the start. */
    public static final String REVERSE = "reverse";

    /** One key. */
    public static final String KEY = "key";

    /** Who has done it. */
    public static final String ACTOR = "actor";

    /** What kind of entry. */
    public static final String KIND = "kind";

    /** Nothing older: milliseconds since the epoch, or ISO-8601. */
    public static final String SINCE = "since";

    /** The name of a user. */
    public static final String USER = "user";

    /** {@code read}, {@code write}, {@code delete} or {@code create}. */
    public static final String VERB = "verb";

    /** The first characters of the keys that are meant; empty for all. {@code users/} is what lies below {@code users}. */
    public static final String PREFIX = "prefix";

    /** {@code skip}, {@code overwrite} or {@code newer}: what an import does where a key is stored already. */
    public static final String MODE = "mode";

    private Parameters() {}
}
