package dev.kvs.storage;

/** Where the store reports what it does; boot connects it to the node's metrics. Called from the store's own threads. */
public interface StorageMetrics {
    /** Reports to nobody. */
    StorageMetrics NONE = new StorageMetrics() {
        @Override
        public void logSynced(int versions, long nanos) {}

        @Override
        public void checkpointed(int versions, int keys, long nanos) {}

        @Override
        public void cacheMissed() {}

        @Override
        public void collected(int expired, int tombstones) {}
    };

    /** A frame of so many versions was written and synced in so many nanoseconds. */
    void logSynced(int versions, long nanos);

    /** A checkpoint brought so many versions of so many keys into the tables. */
    void checkpointed(int versions, int keys, long nanos);

    /** A read had to go to the tables. */
    void cacheMissed();

    /** Housekeeping removed so many expired keys and so many tombstones. */
    void collected(int expired, int tombstones);
}
