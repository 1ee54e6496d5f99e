package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /kv/{prefix}/_tree?format=json}, the default: the same tree as a list, parents first.
 *
 * <pre>{@code
 * {"path":"users","entries":[{"key":"users/ada","timestamp":1790000000000,"directory":true},
 *   {"key":"users/ada/email","timestamp":1790000000001,"directory":false}],"truncated":false}
 * }</pre>
 *
 * @param path the prefix, empty for the root
 * @param truncated whether depth or limit left something out
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FlatTree(String path, List<Entry> entries, boolean truncated) {
    /** Nodes in an answer when the caller does not say. */
    public static final int LIMIT_DEFAULT = 500;

    /** Most nodes in an answer. */
    public static final int LIMIT_MAX = 5_000;

    public FlatTree {
        Objects.requireNonNull(path);
        entries = List.copyOf(entries);
    }

    /**
     * One key or directory of the tree.
     *
     * @param key the full key or prefix
     * @param timestamp when its value was written, milliseconds since the epoch; null when it is only a directory
     * @param directory whether keys lie below it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Entry(String key, @Nullable Long timestamp, boolean directory) {
        public Entry {
            Objects.requireNonNull(key);
        }
    }
}
