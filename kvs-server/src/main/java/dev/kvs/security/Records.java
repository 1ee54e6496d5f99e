package dev.kvs.security;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where users, groups, tokens and policies are kept: the system keyspace, through which they reach every node. Methods that
 * write come back when it is durable here, and throw {@link dev.kvs.model.KvsException} when it was refused.
 */
public interface Records {
    /** Of what stays until it is removed. */
    long FOR_GOOD = Long.MAX_VALUE;

    /**
     * Stores a record where none is; {@code precondition_failed} otherwise.
     *
     * @param expiresAt milliseconds since the epoch, or {@link #FOR_GOOD}
     */
    void create(String path, byte[] json, long expiresAt);

    /** Stores a record, whatever was there. */
    void put(String path, byte[] json, long expiresAt);

    /** Removes a record. */
    void delete(String path);

    /** Gives every record there is, then every change as it becomes durable here: its path, and null for a removed one. */
    void follow(BiConsumer<String, byte @Nullable []> listener);
}
