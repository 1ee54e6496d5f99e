package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link NestedTree}.
 *
 * @param subkey the segment below the parent
 * @param timestamp when the value stored under exactly this path was written, milliseconds since the epoch; null when
 *     there is none
 * @param children empty for a leaf, and where the depth ended
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TreeNode(String subkey, @Nullable Long timestamp, List<TreeNode> children) {
    public TreeNode {
        Objects.requireNonNull(subkey);
        children = List.copyOf(children);
    }
}
