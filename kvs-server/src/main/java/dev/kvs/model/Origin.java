package dev.kvs.model;

/**
 * Who made a version. One object per store is shared by all its versions.
 *
 * @param store the actor in version vectors
 * @param node the node's name at the time
 * @param joinedMillis when that node first joined its cluster, milliseconds since the epoch: the earlier one wins a tie
 */
public record Origin(StoreId store, NodeId node, long joinedMillis) {}
