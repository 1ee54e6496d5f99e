package dev.kvs.replication;

import dev.kvs.model.Version;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A condition on a key's visible document, decided under the key's stripe against the newest appended version. */
public sealed interface Condition {
    /** Whether it holds; {@code current} is null when the key has no visible document. */
    boolean holds(@Nullable Version current);

    /** {@code If-Match: "uuid", ...}: the current version is one of these. */
    record IsOneOf(Set<UUID> versions) implements Condition {
        @Override
        public boolean holds(@Nullable Version current) {
            return current != null && versions.contains(current.uuid());
        }
    }

    /** {@code If-None-Match: "uuid", ...}: the current version is none of these. */
    record IsNoneOf(Set<UUID> versions) implements Condition {
        @Override
        public boolean holds(@Nullable Version current) {
            return current == null || !versions.contains(current.uuid());
        }
    }

    /** {@code If-Match: *}. */
    record Exists() implements Condition {
        @Override
        public boolean holds(@Nullable Version current) {
            return current != null;
        }
    }

    /** {@code If-None-Match: *}. */
    record Absent() implements Condition {
        @Override
        public boolean holds(@Nullable Version current) {
            return current == null;
        }
    }
}
