package dev.kvs.storage.table;

import dev.kvs.platform.Check;
import dev.kvs.platform.DiskFile;
import dev.kvs.storage.format.DamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The journal of a {@link JournaledFile}: extents in the order they were written, and a trailer that makes them count.
 *
 * <pre>
 * extent   magic 'KVSX' 4, generation 8, first block 8, blocks 4, CRC-32C of the data 4; then the data
 * trailer  magic 'KVST' 4, generation 8, file length 8, extents 4, CRC-32C of bytes 0 to 23 and of all extent headers 4
 * </pre>
 *
 * The generation grows with each restart, so that what an earlier commit left behind the current end never counts.
 */
final class Journal implements Closeable {
    private static final int EXTENT = 0x4B565358;
    private static final int TRAILER = 0x4B565354;
    private static final int HEADER_BYTES = 28;

    /** Large enough that copying is limited by the disk. */
    private static final int COPY_BYTES = 1 << 18;

    private final DiskFile file;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private CRC32C headers = new CRC32C();
    private long generation;
    private long end;
    private int extents;
    private long recordedSize;

    private Journal(DiskFile file, long generation) {
        this.file = file;
        this.generation = generation;
    }

    static Journal open(DiskFile file) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(HEADER_BYTES);
        boolean written = file.read(first, 0) == HEADER_BYTES;
        return new Journal(file, written ? first.getLong(4) : 1);
    }

    /** Appends blocks; returns where their bytes begin in the journal. */
    long append(long firstBlock, ByteBuffer data) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(data.duplicate());
        header.clear().putInt(EXTENT).putLong(generation).putLong(firstBlock);
        header.putInt(data.remaining() / JournaledFile.BLOCK).putInt((int) crc.getValue());
        headers.update(header.flip().duplicate());
        file.write(header, end);
        long at = end + HEADER_BYTES;
        end = at + data.remaining();
        file.write(data, at);
        extents++;
        return at;
    }

    /** Reads bytes that were appended since the last restart. */
    void read(ByteBuffer target, long at) throws IOException {
        int wanted = target.remaining();
        if (file.read(target, at) < wanted) {
            throw new DamagedException("The tables' journal ends before byte " + (at + wanted)
                    + ", where something was written. Start this node again; what is synced is in its log.");
        }
    }

    /** Writes the trailer and syncs: from here on the commit will happen, whatever else does. */
    void seal(long fileSize, Map<Long, Long> index) throws IOException {
        Check.that(extents > 0 || index.isEmpty(), "indexed blocks were appended");
        header.clear().putInt(TRAILER).putLong(generation).putLong(fileSize).putInt(extents);
        CRC32C crc = trailerCrc(header);
        header.putInt((int) crc.getValue());
        file.write(header.flip(), end);
        file.sync();
        recordedSize = fileSize;
    }

    private CRC32C trailerCrc(ByteBuffer trailer) {
        CRC32C crc = new CRC32C();
        crc.update(trailer.duplicate().position(0).limit(24));
        long all = headers.getValue();
        crc.update(ByteBuffer.allocate(8).putLong(0, all));
        return crc;
    }

    /** Begins the next generation at the front; the old bytes no longer count once the first extent is written over. */
    void restart() throws IOException {
        file.truncate(0);
        generation++;
        end = 0;
        extents = 0;
        headers = new CRC32C();
    }

    /**
     * Reads the journal from the front. When it ends in a valid trailer, fills {@code index} with the place of each block's
     * last bytes and returns true; otherwise the index is meaningless.
     */
    boolean replay(Map<Long, Long> index) throws IOException {
        long at = 0;
        long size = file.size();
        while (at + HEADER_BYTES <= size) {
            header.clear();
            file.read(header, at);
            header.flip();
            int magic = header.getInt(0);
            if (header.getLong(4) != generation) {
                return false;
            }
            if (magic == TRAILER) {
                return acceptTrailer();
            }
            long length = (long) header.getInt(20) * JournaledFile.BLOCK;
            if (magic != EXTENT || length <= 0 || at + HEADER_BYTES + length > size || !dataIsWhole(at, (int) length)) {
                return false;
            }
            indexExtent(index, at + HEADER_BYTES, (int) (length / JournaledFile.BLOCK));
            at += HEADER_BYTES + length;
        }
        return false;
    }

    private boolean acceptTrailer() throws IOException {
        recordedSize = header.getLong(12);
        boolean valid = header.getInt(20) == extents
                && header.getInt(24) == (int) trailerCrc(header).getValue();
        if (!valid || recordedSize < 0) {
            return false;
        }
        // After a killed process the journal may be whole and still not on the disk, and the file is changed next. It
        // is
        // written again, because after a failed sync the system takes the pages for clean and another sync does
        // nothing.
        writeAgain(file.size());
        file.sync();
        return true;
    }

    private void writeAgain(long size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
        for (long at = 0; at < size; at += buffer.limit()) {
            file.read(buffer.clear().limit((int) Math.min(COPY_BYTES, size - at)), at);
            file.write(buffer.flip(), at);
        }
    }

    private boolean dataIsWhole(long at, int length) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(length);
        file.read(data, at + HEADER_BYTES);
        CRC32C crc = new CRC32C();
        crc.update(data.flip());
        return data.limit() == length && (int) crc.getValue() == header.getInt(24);
    }

    private void indexExtent(Map<Long, Long> index, long at, int blocks) {
        headers.update(header.duplicate().position(0));
        extents++;
        long first = header.getLong(12);
        for (int i = 0; i < blocks; i++) {
            index.put(first + i, at + (long) i * JournaledFile.BLOCK);
        }
    }

    /** The file's length as the valid trailer gives it. */
    long recordedSize() {
        return recordedSize;
    }

    /** Bytes written since the last restart. */
    long bytes() {
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
