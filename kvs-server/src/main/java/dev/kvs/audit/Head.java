package dev.kvs.audit;

import dev.kvs.model.StoreId;

/**
 * The end of a chain at some time: whoever keeps it can tell whether the chain was changed before it, or cut off.
 *
 * @param block number of the last block, 0 for none
 * @param hash of that block
 */
public record Head(StoreId store, long block, Hash hash) {}
