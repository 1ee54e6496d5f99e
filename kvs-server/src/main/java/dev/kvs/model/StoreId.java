package dev.kvs.model;

import java.util.UUID;

/**
 * The identity of one data directory: minted at its creation, and again when it turns out to be an older copy of itself. It,
 * not the node's name, is the actor in version vectors, so a node with an emptied disk, or one that went back in time, is a
 * new actor and nothing is taken for "already seen".
 */
public record StoreId(UUID value) implements Comparable<StoreId> {
    /** Unsigned order of the 128 bits, the same on every node. */
    @Override
    public int compareTo(StoreId other) {
        return Uuids.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
