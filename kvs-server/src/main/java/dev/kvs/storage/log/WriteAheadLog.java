package dev.kvs.storage.log;

import dev.kvs.platform.Check;
import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The log's writing end. One thread appends; removal of old segments may come from another.
 *
 * <p>After any {@link IOException} from {@link #append} the log must not be used again: what the failed sync left behind on
 * the disk is unknown (Rebello et al., "Can Applications Recover from fsync Failures?", 2020).
 */
public final class WriteAheadLog implements Closeable {
    private final Disk disk;
    private final Path directory;
    private final long segmentBytes;
    private final List<Segment> closed;
    private Segment current;
    private DiskFile file;

    /** A segment and the last log sequence in it, 0 while it is empty. */
    private record Segment(long number, long last, long bytes) {}

    private WriteAheadLog(
            Disk disk, Path directory, long segmentBytes, List<Segment> closed, Segment current, DiskFile file) {
        this.disk = disk;
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.closed = closed;
        this.current = current;
        this.file = file;
    }

    /**
     * Opens the log for appending after {@link LogRecovery} has read it; writing goes on in a new segment.
     *
     * @param segmentBytes a segment that has reached this length is followed by a new one
     */
    public static WriteAheadLog open(Disk disk, Path directory, long segmentBytes, LogRecovery.Result recovered)
            throws IOException {
        List<Segment> closed = new ArrayList<>();
        long number = 1;
        for (LogRecovery.SegmentSummary summary : recovered.segments()) {
            closed.add(new Segment(summary.number(), summary.last(), summary.bytes()));
            number = summary.number() + 1;
        }
        DiskFile file = create(disk, directory, number);
        return new WriteAheadLog(disk, directory, segmentBytes, closed, new Segment(number, 0, 0), file);
    }

    /** The file name of a segment: its number with ten digits. */
    static Path pathOf(Path directory, long number) {
        return directory.resolve(String.format("%010d.wal", number));
    }

    /**
     * Writes the batch as one frame and returns when it is synced.
     *
     * @param first the log sequence of the batch's first record
     */
    public synchronized void append(LogBatch batch, long first) throws IOException {
        Check.that(batch.count() > 0, "a frame has records");
        if (current.bytes() >= segmentBytes) {
            startSegment();
        }
        ByteBuffer frame = batch.bytes().view();
        if (frame.limit() - Frame.HEADER_BYTES > Frame.MAX_PAYLOAD) {
            throw new IOException("a log frame of " + frame.limit() + " bytes is over the limit of " + Frame.MAX_PAYLOAD
                    + "; lower batch_max_operations or max_json_size");
        }
        Frame.writeHeader(frame, current.number(), current.bytes(), first, batch.count());
        long end = current.bytes() + frame.limit();
        file.write(frame, current.bytes());
        file.sync();
        current = new Segment(current.number(), first + batch.count() - 1, end);
    }

    /** Removes the segments that hold nothing after {@code sequence}; the open one is followed by a new one first. */
    public synchronized void removeThrough(long sequence) throws IOException {
        if (current.bytes() > 0 && current.last() <= sequence) {
            startSegment();
        }
        // One sync each: removals that are not synced may be lost in any order, and a hole in the numbers is damage.
        while (!closed.isEmpty() && closed.getFirst().last() <= sequence) {
            disk.delete(pathOf(directory, closed.getFirst().number()));
            disk.syncDirectory(directory);
            closed.removeFirst();
        }
    }

    /** The number of the segment being written. */
    public synchronized long currentSegment() {
        return current.number();
    }

    /** Bytes in all segments. */
    public synchronized long bytes() {
        return closed.stream().mapToLong(Segment::bytes).sum() + current.bytes();
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private void startSegment() throws IOException {
        file.close();
        closed.add(current);
        current = new Segment(current.number() + 1, 0, 0);
        file = create(disk, directory, current.number());
    }

    private static DiskFile create(Disk disk, Path directory, long number) throws IOException {
        DiskFile file = disk.open(pathOf(directory, number));
        disk.syncDirectory(directory);
        return file;
    }
}
