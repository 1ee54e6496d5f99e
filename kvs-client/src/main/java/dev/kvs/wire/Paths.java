package dev.kvs.wire;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Request paths from keys. Each segment is percent-encoded on its own, everything but the unreserved characters of RFC
 * 3986, so that no key can turn into another path, an operation or a query.
 *
 * <pre>{@code
 * Paths.key("users/ada lovelace")                      /kv/users/ada%20lovelace
 * Paths.operation("users/ada", Operation.HISTORY)      /kv/users/ada/_history
 * Paths.operation("", Operation.LS)                    /kv/_ls
 * }</pre>
 */
public final class Paths {
    /** Where keys live. */
    public static final String KV = "/kv";

    public static final String HEALTH = "/health";
    public static final String HEALTH_LIVE = "/health/live";
    public static final String HEALTH_READY = "/health/ready";
    public static final String METRICS = "/metrics";
    public static final String OPENAPI = "/openapi";

    public static final String MEMBERS = "/members/";
    public static final String JOIN = "/members/join";
    public static final String LEAVE = "/members/leave";
    public static final String CONVERGENCE = "/cluster/convergence";
    public static final String CONFLICTS = "/conflicts";
    public static final String SEED = "/conflicts/_seed";
    public static final String MERKLE_ROOT = "/sync/merkle/root";
    public static final String MERKLE_NODES = "/sync/merkle/nodes";
    public static final String MERKLE_LEAVES = "/sync/merkle/leaves";
    public static final String SYNC_STATUS = "/sync/status";
    public static final String SYNC_NOW = "/sync/now";
    public static final String AUDIT = "/audit";
    public static final String AUDIT_VERIFY = "/audit/_verify";
    public static final String MODE = "/admin/mode";
    public static final String CONFIG = "/admin/config";
    public static final String LOGIN = "/auth/login";
    public static final String WHOAMI = "/auth/whoami";
    public static final String CAN = "/auth/can";
    public static final String USERS = "/auth/users";
    public static final String GROUPS = "/auth/groups";
    public static final String TOKENS = "/auth/tokens";
    public static final String POLICIES = "/auth/policies";
    public static final String CLUSTER_BOOTSTRAP = "/auth/cluster-bootstrap";
    public static final String COMPACT = "/admin/compact";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Paths() {}

    /**
     * The path of a key.
     *
     * @throws IllegalArgumentException for a key that would not arrive as itself: no key at all, an empty segment, {@code
     *     .} or {@code ..}, a segment that begins with {@code _}, or half a surrogate pair. What else makes a key invalid
     *     the node says, with {@code invalid_key}
     */
    public static String key(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a key has at least one segment; this one is empty");
        }
        StringBuilder path = new StringBuilder(KV.length() + 2 * key.length()).append(KV);
        for (String segment : key.split("/", -1)) {
            append(path.append('/'), checked(segment, key));
        }
        return path.toString();
    }

    /** The path of an operation on a key. Throws like {@link #key}. */
    public static String keyOperation(String key, Operation operation) {
        return key(key) + '/' + operation.segment();
    }

    /** The path of an operation on a prefix; the empty prefix is the root. Throws like {@link #key}. */
    public static String operation(String prefix, Operation operation) {
        return (prefix.isEmpty() ? KV : key(prefix)) + '/' + operation.segment();
    }

    /** The path of a member. */
    public static String member(String id) {
        StringBuilder path = new StringBuilder(MEMBERS);
        append(path, id);
        return path.toString();
    }

    /** The path of something named below another path, such as {@link #USERS}. */
    public static String below(String path, String name) {
        StringBuilder below = new StringBuilder(path).append('/');
        append(below, name);
        return below.toString();
    }

    /** The path of a conflict. */
    public static String conflict(UUID id) {
        return CONFLICTS + "/" + id;
    }

    private static String checked(String segment, String key) {
        if (segment.isEmpty()) {
            throw refused(key, "it has an empty segment; remove the leading, trailing or doubled slash");
        }
        if (segment.charAt(0) == '_') {
            throw refused(key, "the segment '" + segment + "' begins with '_', which is kept for operations");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw refused(key, "'.' and '..' cannot be segments");
        }
        if (segment.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw refused(key, "it is not valid Unicode");
        }
        return segment;
    }

    private static IllegalArgumentException refused(String key, String why) {
        return new IllegalArgumentException("the key '" + key + "' cannot be used: " + why);
    }

    /** Appends the text percent-encoded, for a path segment or a query value. */
    static void append(StringBuilder target, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                target.append((char) b);
            } else {
                HEX.toHexDigits(target.append('%'), b);
            }
        }
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }
}
