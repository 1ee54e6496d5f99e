package dev.kvs.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Where a block lies in a segment and what its header says. A block holds what one frame of the write-ahead log, or a part of a
 * long one, tells:
 *
 * <pre>
 *  0  magic     4   'KVSB'
 *  4  length    4   bytes of the entries
 *  8  number    8   in the chain, from 1
 * 16  through   8   last log sequence that is covered
 * 24  millis    8   when the last entry happened
 * 32  count     4   entries
 * 36  entries       see {@link EntryWriter}
 *     hash     32   SHA-256 over the hash of the block before and all bytes of this one before the hash
 * </pre>
 *
 * @param offset where it begins in the segment
 * @param hash as it stands there
 */
record Block(int offset, int entryBytes, long number, long through, long millis, int count, Hash hash) {
    static final int HEADER_BYTES = 36;

    /** What a block has besides entries. */
    static final int FRAME_BYTES = HEADER_BYTES + Hash.BYTES;

    private static final int MAGIC = 0x4B565342;

    int entriesAt() {
        return offset + HEADER_BYTES;
    }

    /** Where the next block begins. */
    int end() {
        return offset + FRAME_BYTES + entryBytes;
    }

    /** Ends the block in {@code entries}, which have room for a header before them: fills in header and hash. */
    static Hash seal(EntryWriter entries, Place after, long through, MessageDigest sha256) {
        ByteBuffer bytes = entries.whole(Hash.BYTES);
        int end = bytes.position();
        bytes.putInt(0, MAGIC).putInt(4, entries.size()).putLong(8, after.block() + 1);
        bytes.putLong(16, through).putLong(24, entries.lastMillis()).putInt(32, entries.count());
        Hash hash = hash(after.hash(), entries.array(), 0, end, sha256);
        hash.write(bytes);
        return hash;
    }

    /** Reads a block without looking at its hash. */
    static Block read(byte[] segment, int offset, int length) throws BrokenException {
        if (length - offset < FRAME_BYTES) {
            throw new BrokenException("a block is cut off");
        }
        ByteBuffer in = ByteBuffer.wrap(segment);
        int entryBytes = in.getInt(offset + 4);
        if (in.getInt(offset) != MAGIC) {
            throw new BrokenException("no block begins here");
        }
        if (entryBytes < 0 || entryBytes > length - offset - FRAME_BYTES) {
            throw new BrokenException("a block is cut off");
        }
        return new Block(
                offset,
                entryBytes,
                in.getLong(offset + 8),
                in.getLong(offset + 16),
                in.getLong(offset + 24),
                in.getInt(offset + 32),
                Hash.at(in, offset + HEADER_BYTES + entryBytes));
    }

    /** Whether this block follows the place before it and nothing of it was changed. */
    void verify(byte[] segment, Place before, MessageDigest sha256) throws BrokenException {
        if (number != before.block() + 1) {
            throw new BrokenException("block " + number + " follows block " + before.block());
        }
        if (!hash.equals(hash(before.hash(), segment, offset, HEADER_BYTES + entryBytes, sha256))) {
            throw new BrokenException("the hash of block " + number + " does not fit what is in it and before it");
        }
    }

    private static Hash hash(Hash before, byte[] bytes, int from, int length, MessageDigest sha256) {
        sha256.update(before.bytes());
        sha256.update(bytes, from, length);
        return Hash.of(sha256.digest());
    }
}
