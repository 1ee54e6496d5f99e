package dev.kvs.simulation;

/**
 * What goes wrong with a cluster, beside what the network counts by itself ({@link dev.kvs.platform.SimFault}). Counted when
 * it has had an effect.
 */
enum Misfortune {
    /** Nothing gets through between two groups, and a message has met the cut. */
    SYMMETRIC_PARTITION,
    /** Nothing gets through one way, and a message has met the cut. */
    ASYMMETRIC_PARTITION,
    /** Single pairs cannot reach each other while others can, and a message has met the cut. */
    PARTIAL_PARTITION,
    /** A process was killed and its machine stayed. */
    KILL,
    /** A node said goodbye and was closed. */
    CLEAN_STOP,
    /** The power was cut between two operations of the disk. */
    POWER_CUT_IDLE,
    /** The power was cut in the middle of an operation of the disk. */
    POWER_CUT_WRITING,
    /** A power cut that left half an operation. */
    TORN_WRITE,
    /** A power cut that left unsynced changes in any order. */
    UNORDERED_WRITES,
    /** A write met a full disk; the store was poisoned. */
    DISK_FULL,
    /** A sync failed; the store was poisoned. */
    SYNC_FAILED,
    /** A node came back under its name with an empty disk. */
    DISK_LOST,
    /** A node's disk was taken back to an earlier state, as from a backup or a snapshot. */
    DISK_ROLLED_BACK,
    /** A node joined for the first time while things went wrong. */
    LATE_JOIN,
    /** A node came back after the others had collected tombstones that it never saw. */
    LONG_ABSENCE,
    /** A wall clock jumped by up to an hour. */
    CLOCK_JUMP,
    /** A version from the future was held back. */
    HELD_BACK,
    /** A node with a clock that is ahead refused a write. */
    CLOCK_REFUSAL,
    /** A machine was slow for a while. */
    SLOW_NODE,
    /** A machine stood still for a while. */
    PAUSE,
    /** Two nodes wrote the same key with the same timestamp. */
    IDENTICAL_TIMESTAMPS
}
