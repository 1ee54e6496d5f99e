package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /kv/{prefix}/_ls}: direct children in byte order of their names.
 *
 * <pre>{@code
 * {"path":"users","children":[{"subkey":"ada","timestamp":1790000000000,"directory":false}],
 *  "total":250,"truncated":true,"next":"ada"}
 * }</pre>
 *
 * @param path the listed prefix, empty for the root
 * @param total how many children the caller may read, exact; null when there are more than are counted
 * @param totalAtLeast given instead of {@code total} when there are more than {@value #TOTAL_EXACT_TO}
 * @param truncated whether there is more after this page
 * @param next the {@code after} of the next page; null when this is the last. A page may be short and still have one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Children(
        String path,
        List<Child> children,
        @Nullable Integer total,
        @JsonProperty("total_at_least") @Nullable Integer totalAtLeast,
        boolean truncated,
        @Nullable String next) {
    /** Entries in a page when the caller does not say. */
    public static final int LIMIT_DEFAULT = 100;

    /** Most entries in a page. */
    public static final int LIMIT_MAX = 1_000;

    /** Children are counted this far. */
    public static final int TOTAL_EXACT_TO = 10_000;

    public Children {
        Objects.requireNonNull(path);
        children = List.copyOf(children);
    }

    /** Reads a listing. Throws like {@link WireJson#read}, and takes and refuses the same. */
    public static Children read(byte[] utf8) throws JsonProcessingException {
        return ChildrenReader.read(utf8);
    }
}
