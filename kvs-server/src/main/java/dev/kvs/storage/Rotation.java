package dev.kvs.storage;

/** A full generation, where the log stood when it was closed, the last group in it, and the digest's changed pages. */
record Rotation(Memtable.Generation generation, Position position, Group lastGroup, Winners.Snapshot digest) {
    /** Blocks until everything in the generation is durable, for nothing else may reach the tables, and the trail was told. */
    void awaitSynced() {
        if (!generation.isEmpty()) {
            lastGroup.await();
            lastGroup.awaitTold();
        }
    }
}
