package dev.kvs.security;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/**
 * A group as the cluster keeps it, under its name.
 *
 * @param id by which values name their group
 * @param name see {@link Names}
 * @param createdAt milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Group(
        UUID id, String name, @JsonProperty("created_at") long createdAt) {
    /** The group that root is in from the beginning; see {@link User#ROOT}. */
    static final Group ADMINS = new Group(new UUID(0x6B76_7300_0000_8000L, 0x8000_0000_0000_0002L), "admin", 0);
}
