package dev.kvs.model;

/**
 * The two halves of a store's keys. They share the log, the clock and replication, and no key: those of the system begin with
 * a zero byte, which no document's key can have. In the order in which nodes bring each other up to date.
 */
public enum Keyspace {
    /** What the cluster itself keeps: users, groups, policies, settings. Clients reach it through operations of its own only. */
    SYSTEM(0x00, 0x01),
    /** What clients store. UTF-8 has no byte 0xFF. */
    DOCUMENTS(0x01, 0xFF);

    private final int first;
    private final int end;

    Keyspace(int first, int end) {
        this.first = first;
        this.end = end;
    }

    /** The byte that stands for this half in messages: the smallest one that its keys begin with. */
    public int number() {
        return first;
    }

    /** The smallest bytes that may begin a key of this half. */
    public byte[] first() {
        return new byte[] {(byte) first};
    }

    /** The smallest bytes behind all keys of this half. */
    public byte[] end() {
        return new byte[] {(byte) end};
    }
}
