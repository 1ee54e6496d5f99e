package dev.kvs.client;

import java.util.Optional;

/**
 * A key as of a moment.
 *
 * @param value what was visible then
 * @param complete false when pruned history may have hidden the right answer
 */
public record AsOf(Optional<Value> value, boolean complete) {}
