package dev.kvs.storage.table;

import dev.kvs.platform.DiskFile;
import dev.kvs.storage.format.DamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.CRC32C;

/**
 * The checksum of every block of a {@link JournaledFile}, in a file beside it: 4 bytes a block, in block order. H2 checks the
 * frame of its chunks and not what is in them, so a bit that changed on the disk could take a key out of the index, and
 * nobody would miss it.
 *
 * <p>All of it is in memory, a thousandth of the file. The thread that commits changes it; any number check blocks.
 */
final class BlockSums implements Closeable {
    private static final int BLOCK = JournaledFile.BLOCK;

    /** Checksums that are written in one piece: a page of the file system. */
    private static final int PAGE_SUMS = 1024;

    private final DiskFile file;
    private final BitSet changedPages = new BitSet();
    private volatile int[] sums;

    private BlockSums(DiskFile file, int[] sums) {
        this.file = file;
        this.sums = sums;
    }

    static BlockSums open(DiskFile file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size() / 4 * 4));
        file.read(all, 0);
        int[] sums = new int[all.flip().limit() / 4];
        all.asIntBuffer().get(sums);
        return new BlockSums(file, sums);
    }

    private static int sumOf(ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block);
        return (int) crc.getValue();
    }

    /** Throws unless the file of {@code blocks} blocks has all its checksums. */
    void requireFor(long blocks) throws DamagedException {
        if (sums.length < blocks) {
            throw new DamagedException("The tables have " + blocks + " blocks and checksums of " + sums.length
                    + ". Put back the files that belong together, or restore this node from a backup or its peers.");
        }
    }

    /** Prepares for a file of so many blocks; each new one must be {@link #set}. */
    void resize(long blocks) {
        sums = Arrays.copyOf(sums, Math.toIntExact(blocks));
    }

    /** Takes note of whole blocks that are being written. */
    void set(long firstBlock, ByteBuffer blocks) {
        int count = blocks.remaining() / BLOCK;
        for (int i = 0; i < count; i++) {
            int block = Math.toIntExact(firstBlock + i);
            sums[block] = sumOf(blocks.slice(blocks.position() + i * BLOCK, BLOCK));
            changedPages.set(block / PAGE_SUMS);
        }
    }

    /** Throws unless whole blocks, as they were read, are what was written. Blocks beyond the committed file are not known. */
    void check(long firstBlock, ByteBuffer blocks) throws DamagedException {
        int[] known = sums;
        for (int i = 0; i < blocks.limit() / BLOCK && firstBlock + i < known.length; i++) {
            if (sumOf(blocks.slice(i * BLOCK, BLOCK)) != known[(int) firstBlock + i]) {
                throw new DamagedException("The tables are damaged at byte " + (firstBlock + i) * BLOCK
                        + ": the checksum of that block does not fit. Restore this node from a backup or its peers.");
            }
        }
    }

    /** Makes all changes durable. */
    void commit() throws IOException {
        int[] known = sums;
        ByteBuffer page = ByteBuffer.allocate(PAGE_SUMS * 4);
        for (int i = changedPages.nextSetBit(0); i >= 0; i = changedPages.nextSetBit(i + 1)) {
            int from = i * PAGE_SUMS;
            int count = Math.min(PAGE_SUMS, known.length - from);
            if (count > 0) {
                page.clear().asIntBuffer().put(known, from, count);
                file.write(page.limit(count * 4), from * 4L);
            }
        }
        file.truncate(known.length * 4L);
        file.sync();
        changedPages.clear();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
