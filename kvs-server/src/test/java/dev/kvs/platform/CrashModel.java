package dev.kvs.platform;

/** What a power cut leaves of everything that was not synced. Synced bytes and entries survive in every model. */
public enum CrashModel {
    /** Nothing unsynced survives: the machine had written nothing back. */
    LOSE_ALL,

    /** Everything survives, the operation in flight included: the machine had written all of it back. */
    KEEP_ALL,

    /** Everything survives but the operation in flight: of a write, only the sectors up to some point. */
    TORN_LAST,

    /**
     * Of every 512-byte sector any of its unsynced versions survives, or the synced one; directories keep a prefix of
     * their changes, as with a journal. New length without the bytes shows zeros or what the blocks held before.
     */
    RANDOM_SECTORS,

    /**
     * As {@link #RANDOM_SECTORS}, but in whole 4 KiB pages, written back in any order; of a directory's changes any
     * subset survives.
     */
    REORDER
}
