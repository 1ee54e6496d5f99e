package dev.kvs.storage;

import dev.kvs.model.Version;
import java.util.List;

/** Writes that are in the log's order but may not be synced yet. */
public final class Commit {
    private final List<Version> versions;
    private final Group group;

    Commit(List<Version> versions, Group group) {
        this.versions = versions;
        this.group = group;
    }

    /** The versions as they were minted, in the order of the proposals. */
    public List<Version> versions() {
        return versions;
    }

    /** Blocks until they are durable; throws {@link dev.kvs.model.KvsException} {@code storage_failed} when they are not. */
    public void await() {
        group.await();
    }
}
