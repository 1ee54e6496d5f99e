package dev.kvs.storage.log;

import dev.kvs.platform.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One frame of the log: the records of one group commit.
 *
 * <pre>
 *  0  magic        4   'KVSF'
 *  4  payload      4   length of the records in bytes, 1 to {@link #MAX_PAYLOAD}
 *  8  segment      8   number of the segment this frame was written to
 * 16  offset       8   position of this frame in the segment
 * 24  first        8   log sequence of the first record; the others follow without gaps
 * 32  count        4   number of records
 * 36  crc          4   CRC-32C of bytes 0 to 35 and the payload
 * 40  records          kind 1, length 4, bytes; each
 * </pre>
 *
 * Segment and offset are inside, so that bytes of an older use of the same disk blocks never pass for a frame.
 */
record Frame(long segment, long offset, long first, int count, byte[] payload) {
    static final int HEADER_BYTES = 40;
    static final int MAGIC = 0x4B565346;

    /** Far above the largest group: a batch request of {@code max_json_size} times its operations stays below. */
    static final int MAX_PAYLOAD = 1 << 29;

    /** Bytes from this frame's start to the next one's. */
    long length() {
        return HEADER_BYTES + (long) payload.length;
    }

    /** Fills in the header that stands before the payload in {@code frame}. */
    static void writeHeader(ByteBuffer frame, long segment, long offset, long first, int count) {
        int payload = frame.limit() - HEADER_BYTES;
        frame.putInt(0, MAGIC).putInt(4, payload).putLong(8, segment).putLong(16, offset);
        frame.putLong(24, first).putInt(32, count);
        frame.putInt(36, crc(frame));
    }

    /** The frame at a position, or null when there is no whole and valid one. */
    static @Nullable Frame read(DiskFile file, long segment, long offset) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (file.read(header, offset) < HEADER_BYTES || header.getInt(0) != MAGIC) {
            return null;
        }
        int payload = header.getInt(4);
        if (header.getLong(8) != segment || header.getLong(16) != offset || payload < 1 || payload > MAX_PAYLOAD) {
            return null;
        }
        if (file.size() - offset - HEADER_BYTES < payload) {
            return null;
        }
        ByteBuffer whole = ByteBuffer.allocate(HEADER_BYTES + payload);
        if (file.read(whole, offset) < whole.capacity() || crc(whole.flip()) != header.getInt(36)) {
            return null;
        }
        byte[] records = new byte[payload];
        whole.get(HEADER_BYTES, records);
        return new Frame(segment, offset, header.getLong(24), header.getInt(32), records);
    }

    private static int crc(ByteBuffer frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame.duplicate().position(0).limit(36));
        crc.update(frame.duplicate().position(HEADER_BYTES));
        return (int) crc.getValue();
    }
}
