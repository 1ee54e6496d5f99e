package dev.kvs.storage;

import dev.kvs.model.Conflict;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import java.io.Closeable;
import java.io.IOException;

/**
 * A log of its own that is made from the write-ahead log: it is told what became durable, record by record in the order of the
 * log, and told again after a crash what it had not synced. The port is the store's; the audit log stands behind it. All but
 * {@link #sync} is called by one thread, the log's; an {@link IOException} stops the store from taking writes.
 */
public interface Trail extends Closeable {
    /** Keeps nothing. */
    Trail NONE = new Trail() {
        @Override
        public long open(StoreId store) {
            return Long.MAX_VALUE;
        }

        @Override
        public void written(long seq, String actor, Version version) {}

        @Override
        public void noted(long seq, byte[] event) {}

        @Override
        public void disputed(long seq, Conflict conflict) {}

        @Override
        public void renamed(long seq, StoreId next) {}

        @Override
        public void ended(long seq) {}

        @Override
        public void sync() {}

        @Override
        public void close() {}
    };

    /**
     * Opens it, before the write-ahead log is read.
     *
     * @param store what the store is called in its tables
     * @return the last log sequence that it has durably; it is told again of everything after that
     */
    long open(StoreId store) throws IOException;

    /** This store has written a version; {@code actor} has asked for it, empty for the node itself. */
    void written(long seq, String actor, Version version) throws IOException;

    /** What {@link Store#note} was given. */
    void noted(long seq, byte[] event) throws IOException;

    /** A conflict as it stands now. */
    void disputed(long seq, Conflict conflict) throws IOException;

    /** From here on the store goes by another name. */
    void renamed(long seq, StoreId next) throws IOException;

    /** A frame of the log has ended, with this record. */
    void ended(long seq) throws IOException;

    /** Makes durable what it was told; the log is cut afterwards. Called by the checkpoint. */
    void sync() throws IOException;
}
