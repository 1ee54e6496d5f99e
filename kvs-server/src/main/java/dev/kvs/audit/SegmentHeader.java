package dev.kvs.audit;

import java.nio.ByteBuffer;

/**
 * What stands at the beginning of a segment file: where in the chain it begins.
 *
 * <pre>
 * magic 4 'KVSA', format 4, then the {@link Place} of the first block
 * </pre>
 */
final class SegmentHeader {
    static final int BYTES = 8 + Place.BYTES;

    private static final int MAGIC = 0x4B565341;
    private static final int FORMAT = 1;

    private SegmentHeader() {}

    static ByteBuffer write(Place beginning) {
        ByteBuffer header = ByteBuffer.allocate(BYTES).putInt(MAGIC).putInt(FORMAT);
        beginning.write(header);
        return header.flip();
    }

    /** Reads the header of a segment. */
    static Place read(byte[] segment, int length) throws BrokenException {
        if (length < BYTES) {
            throw new BrokenException("the segment is shorter than its header");
        }
        ByteBuffer in = ByteBuffer.wrap(segment, 0, length);
        if (in.getInt() != MAGIC || in.getInt() != FORMAT) {
            throw new BrokenException("the segment does not begin like one");
        }
        return Place.read(in);
    }
}
