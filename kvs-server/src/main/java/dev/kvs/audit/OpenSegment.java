package dev.kvs.audit;

import dev.kvs.platform.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The segment that is appended to. Blocks are gathered before they are written: a write for each would dirty a second inode
 * before every sync of the write-ahead log, which then takes longer. Not safe for concurrent use, but for the file.
 */
final class OpenSegment {
    private static final int WRITE_BYTES = 1 << 18;

    private final DiskFile file;
    private final ByteBuffer unwritten = ByteBuffer.allocate(WRITE_BYTES);
    private long written;

    /** A segment that has so many bytes. */
    OpenSegment(DiskFile file, long bytes) {
        this.file = file;
        this.written = bytes;
    }

    void append(ByteBuffer block) throws IOException {
        if (block.remaining() > unwritten.remaining()) {
            write();
        }
        if (block.remaining() > unwritten.remaining()) {
            int length = block.remaining();
            file.write(block, written);
            written += length;
        } else {
            unwritten.put(block);
        }
    }

    /** Writes what was gathered. */
    void write() throws IOException {
        if (unwritten.position() > 0) {
            int length = unwritten.position();
            file.write(unwritten.duplicate().flip(), written);
            written += length;
            unwritten.clear();
        }
    }

    DiskFile file() {
        return file;
    }
}
