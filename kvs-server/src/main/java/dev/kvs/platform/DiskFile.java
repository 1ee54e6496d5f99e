package dev.kvs.platform;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file with positional reads and writes. Safe for concurrent use; overlapping writes are the caller's affair. */
public interface DiskFile extends Closeable {
    /**
     * Reads from {@code position} until {@code target} is full or the file ends.
     *
     * @return the number of bytes read, 0 at or past the end of the file; never -1
     */
    int read(ByteBuffer target, long position) throws IOException;

    /** Writes all of {@code source} at {@code position}, extending the file (with zeros across a gap) when needed. */
    void write(ByteBuffer source, long position) throws IOException;

    /** The file's length in bytes. */
    long size() throws IOException;

    /** Cuts the file to {@code size} bytes; nothing when it is not longer. */
    void truncate(long size) throws IOException;

    /** Makes the file's bytes and length durable (fdatasync). */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
