package dev.kvs.wire;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /kv/{key}/_metadata}. What is left out stays as it is.
 *
 * @param owner the name of a user, empty for nobody
 * @param group the name of a group, empty for none
 * @param permissions 12 bits; not together with {@code mode}
 * @param mode {@link Permissions}
 * @param ttl from now, a {@link Durations} text; {@code 0} for never
 */
public record MetadataRequest(
        @Nullable String owner,
        @Nullable String group,
        @Nullable Integer permissions,
        @Nullable String mode,
        @Nullable String ttl) {}
