package dev.kvs.storage.table;

import dev.kvs.platform.Check;
import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file whose changes become durable in one atomic step: {@link #commit()}. A double-write journal, as in InnoDB's
 * doublewrite buffer and SQLite's WAL, but with the whole set of changes as its unit.
 *
 * <p>Writes go to the end of the journal, and an index of 4 KiB blocks finds them again for reading. A commit syncs the
 * journal with a trailer, copies the blocks into the file, syncs the file and starts the journal anew. Whatever happens in
 * between, {@link #open} brings the file to exactly the last commit: a journal with a valid trailer is applied (again), any
 * other is dropped.
 *
 * <p>One thread writes and commits; any number read at the same time, without a lock: one that a commit has overtaken reads
 * again.
 */
final class JournaledFile implements Closeable {
    /** The unit of the index; MVStore writes whole blocks of this size. */
    static final int BLOCK = 4096;

    /** Blocks copied in one piece when a commit is applied. */
    private static final int COPY_BLOCKS = 64;

    /** Zeros that fill a gap, in one piece; H2 leaves none larger than a chunk, and hardly ever one. */
    private static final int GAP_BYTES = 256 * BLOCK;

    private final DiskFile file;
    private final BlockSums sums;
    private final Journal journal;
    private final ConcurrentMap<Long, Long> journaled = new ConcurrentHashMap<>();
    private final AtomicLong restarts = new AtomicLong();
    private volatile long size;

    private JournaledFile(DiskFile file, BlockSums sums, Journal journal, long size) {
        this.file = file;
        this.sums = sums;
        this.journal = journal;
        this.size = size;
    }

    /**
     * Opens {@code path}, its checksums ({@code path} with {@code .sums}) and its journal ({@code path} with
     * {@code .journal}), finishing a commit that was cut short.
     */
    static JournaledFile open(Disk disk, Path path) throws IOException {
        Path journalPath = path.resolveSibling(path.getFileName() + ".journal");
        Path sumsPath = path.resolveSibling(path.getFileName() + ".sums");
        DiskFile file = disk.open(path);
        DiskFile sumsFile = disk.open(sumsPath);
        DiskFile journalFile = disk.open(journalPath);
        Path directory = path.getParent();
        disk.syncDirectory(directory == null ? Path.of("") : directory);
        Journal journal = Journal.open(journalFile);
        JournaledFile opened = new JournaledFile(file, BlockSums.open(sumsFile), journal, file.size());
        if (journal.replay(opened.journaled)) {
            opened.apply(journal.recordedSize());
        }
        opened.restartJournal();
        opened.size = file.size();
        opened.sums.requireFor(opened.size / BLOCK);
        return opened;
    }

    /** The length as the writer sees it, committed or not. */
    long size() {
        return size;
    }

    /** Reads as the writer sees the file; returns the bytes read, 0 at the end. */
    int read(ByteBuffer target, long position) throws IOException {
        int start = target.position();
        int limit = target.limit();
        while (true) {
            long before = restarts.get();
            try {
                int count = readOnce(target, position);
                if (restarts.get() == before) {
                    return count;
                }
            } catch (IOException e) {
                if (restarts.get() == before) {
                    throw e;
                }
            }
            // A commit has moved into the file what was found in the journal.
            target.limit(limit).position(start);
        }
    }

    private int readOnce(ByteBuffer target, long position) throws IOException {
        int wanted = (int) Math.min(target.remaining(), Math.max(0, size - position));
        int end = target.position() + wanted;
        int limit = target.limit();
        long at = position;
        while (target.position() < end) {
            Long first = journaled.get(at / BLOCK);
            int run = first == null
                    ? plainRun(at, end - target.position())
                    : journalRun(at, first, end - target.position());
            target.limit(target.position() + run);
            if (first == null) {
                readPlain(target, at);
            } else {
                journal.read(target, first + at % BLOCK);
            }
            at += run;
        }
        target.limit(limit);
        return wanted;
    }

    /** Reads what the last commit left in the file itself, past the journal. */
    int readCommitted(ByteBuffer target, long position) throws IOException {
        int wanted = (int) Math.min(target.remaining(), Math.max(0, file.size() - position));
        if (wanted > 0) {
            int limit = target.limit();
            readPlain(target.limit(target.position() + wanted), position);
            target.limit(limit);
        }
        return wanted;
    }

    /** The length of the file as the last commit left it. */
    long committedSize() throws IOException {
        return file.size();
    }

    /** Writes into the journal. Position and length are multiples of {@link #BLOCK}, as MVStore's are. */
    void write(ByteBuffer source, long position) throws IOException {
        Check.that(position % BLOCK == 0 && source.remaining() % BLOCK == 0, "H2 writes whole blocks", position);
        if (position > size) {
            // Every block below the end is in the journal or in the file with its checksum: a gap would be neither.
            write(ByteBuffer.allocate((int) Math.min(position - size, GAP_BYTES)), size);
            write(source, position);
            return;
        }
        long end = position + source.remaining();
        long block = position / BLOCK;
        int blocks = source.remaining() / BLOCK;
        long at = journal.append(block, source);
        for (int i = 0; i < blocks; i++) {
            journaled.put(block + i, at + (long) i * BLOCK);
        }
        size = Math.max(size, end);
    }

    /** Cuts the file, as the writer sees it, to a multiple of {@link #BLOCK}. */
    void truncate(long newSize) {
        Check.that(newSize % BLOCK == 0, "H2 cuts at a block", newSize);
        if (newSize < size) {
            journaled.keySet().removeIf(block -> block * BLOCK >= newSize);
            size = newSize;
        }
    }

    /** Bytes in the journal since the last commit. */
    long pendingBytes() {
        return journal.bytes();
    }

    /** Makes everything written so far durable, in one step. */
    void commit() throws IOException {
        if (journaled.isEmpty() && size == file.size()) {
            return;
        }
        journal.seal(size, journaled);
        apply(size);
        restartJournal();
    }

    /** The count is raised in between: what was read under one count is what the journal held at that time. */
    private void restartJournal() throws IOException {
        journaled.clear();
        restarts.incrementAndGet();
        journal.restart();
    }

    /** Drops what was not committed and closes. */
    @Override
    public void close() throws IOException {
        try (file;
                sums) {
            journal.close();
        }
    }

    private void apply(long newSize) throws IOException {
        // A replayed journal also holds what was written beyond an end that was then cut.
        long[] blocks = journaled.keySet().stream()
                .mapToLong(Long::longValue)
                .filter(block -> block < newSize / BLOCK)
                .sorted()
                .toArray();
        ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BLOCKS * BLOCK);
        sums.resize(newSize / BLOCK);
        int i = 0;
        while (i < blocks.length) {
            int run = 1;
            long from = Check.present(journaled.get(blocks[i]), "the index holds the block");
            while (run < COPY_BLOCKS && i + run < blocks.length && follows(blocks, i, run, from)) {
                run++;
            }
            buffer.clear().limit(run * BLOCK);
            journal.read(buffer, from);
            sums.set(blocks[i], buffer.flip());
            file.write(buffer, blocks[i] * BLOCK);
            i += run;
        }
        file.truncate(newSize);
        file.sync();
        sums.commit();
    }

    private boolean follows(long[] blocks, int i, int run, long from) {
        Long at = journaled.get(blocks[i + run]);
        return blocks[i + run] == blocks[i] + run && at != null && at == from + (long) run * BLOCK;
    }

    private int plainRun(long at, int most) {
        long end = (at / BLOCK + 1) * BLOCK;
        while (end - at < most && !journaled.containsKey(end / BLOCK)) {
            end += BLOCK;
        }
        return (int) Math.min(most, end - at);
    }

    private int journalRun(long at, long first, int most) {
        long end = (at / BLOCK + 1) * BLOCK;
        long expected = first + BLOCK;
        while (end - at < most) {
            Long next = journaled.get(end / BLOCK);
            if (next == null || next != expected) {
                break;
            }
            end += BLOCK;
            expected += BLOCK;
        }
        return (int) Math.min(most, end - at);
    }

    /** Reads the blocks around the bytes wanted, because only whole blocks can be checked. */
    private void readPlain(ByteBuffer target, long at) throws IOException {
        long first = at / BLOCK;
        int blocks = (int) ((at + target.remaining() - 1) / BLOCK - first) + 1;
        ByteBuffer whole = ByteBuffer.allocate(blocks * BLOCK);
        file.read(whole, first * BLOCK);
        sums.check(first, whole.clear());
        target.put(whole.slice((int) (at % BLOCK), target.remaining()));
    }
}
