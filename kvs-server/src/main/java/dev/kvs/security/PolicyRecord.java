package dev.kvs.security;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kvs.model.Acl;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Policy} as the cluster keeps it, under its prefix.
 *
 * @param owner null for none
 * @param group null for none
 * @param permissions 12 bits that decide about creating and deleting blindly
 * @param valuePermissions 12 bits that new values get
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PolicyRecord(
        @Nullable UUID owner,
        @Nullable UUID group,
        int permissions,
        @JsonProperty("value_permissions") int valuePermissions) {
    static PolicyRecord of(Policy policy) {
        return new PolicyRecord(
                policy.acl().owner(), policy.acl().group(), policy.acl().permissions(), policy.permissions());
    }

    Policy at(String prefix) {
        return new Policy(prefix, new Acl(owner, group, permissions), valuePermissions);
    }
}
