package dev.kvs.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A policy: who may create below a prefix, and delete what this node has never seen, and what new values get. Also the body of
 * {@code PUT /auth/policies}.
 *
 * @param prefix a key; empty for the policy that holds where no other does
 * @param owner the name of a user, null for none
 * @param group the name of a group, null for none; new values get it too
 * @param mode {@link Permissions} of which create and delete count
 * @param valueMode the {@link Permissions} of new values
 */
public record PolicyInfo(
        String prefix,
        @Nullable String owner,
        @Nullable String group,
        String mode,
        @JsonProperty("value_mode") String valueMode) {
    public PolicyInfo {
        Objects.requireNonNull(prefix, "prefix is missing");
        Objects.requireNonNull(mode, "mode is missing");
        Objects.requireNonNull(valueMode, "value_mode is missing");
    }
}
