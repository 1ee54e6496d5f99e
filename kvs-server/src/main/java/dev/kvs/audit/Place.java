package dev.kvs.audit;

import dev.kvs.model.StoreId;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * A place between two blocks: where it is on the disk, and what the chain has come to there.
 *
 * @param segment number of the segment, from 1
 * @param offset bytes of the segment that lie before it
 * @param store whose chain it is
 * @param block number of the last block before it, 0 at the beginning of a chain
 * @param through last log sequence that the blocks before it cover
 * @param hash of the last block before it
 */
record Place(long segment, long offset, StoreId store, long block, long through, Hash hash) {
    static final int BYTES = 48 + Hash.BYTES;

    /** The beginning of a store's chain. */
    static Place beginning(long segment, StoreId store, long through) {
        return new Place(segment, SegmentHeader.BYTES, store, 0, through, Hash.genesis(store));
    }

    Head head() {
        return new Head(store, block, hash);
    }

    /** The same place of the chain at the beginning of another segment. */
    Place in(long otherSegment) {
        return new Place(otherSegment, SegmentHeader.BYTES, store, block, through, hash);
    }

    /** Behind one more block. */
    Place behind(Block next) {
        return new Place(segment, next.end(), store, next.number(), next.through(), next.hash());
    }

    void write(ByteBuffer out) {
        out.putLong(segment).putLong(offset);
        out.putLong(store.value().getMostSignificantBits())
                .putLong(store.value().getLeastSignificantBits());
        out.putLong(block).putLong(through);
        hash.write(out);
    }

    static Place read(ByteBuffer in) {
        return new Place(
                in.getLong(),
                in.getLong(),
                new StoreId(new UUID(in.getLong(), in.getLong())),
                in.getLong(),
                in.getLong(),
                Hash.read(in));
    }
}
