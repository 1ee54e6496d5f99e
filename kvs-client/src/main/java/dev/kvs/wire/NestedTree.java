package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * The answer to {@code GET /kv/{prefix}/_tree?format=nested}.
 *
 * <pre>{@code
 * {"path":"users","children":[{"subkey":"ada","timestamp":1790000000000,"children":[
 *   {"subkey":"email","timestamp":1790000000001,"children":[]}]}],"truncated":false}
 * }</pre>
 *
 * @param path the prefix, empty for the root
 * @param children what lies directly below it, in byte order
 * @param truncated whether depth or limit left something out
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NestedTree(String path, List<TreeNode> children, boolean truncated) {
    public NestedTree {
        Objects.requireNonNull(path);
        children = List.copyOf(children);
    }
}
