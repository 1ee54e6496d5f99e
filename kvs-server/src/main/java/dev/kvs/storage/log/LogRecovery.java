package dev.kvs.storage.log;

import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log from its oldest segment to its end, cuts a torn tail, and refuses damage.
 *
 * <p>A bad frame at the end of the last segment, with no valid frame after it, was being written when the node stopped and
 * was never acknowledged: it is cut, and what is left is synced before anything is appended. A bad frame anywhere else was once
 * synced, so something has changed the disk since: the start stops with the place and what to do.
 */
public final class LogRecovery {
    /** Large enough that copying a segment is limited by the disk. */
    private static final int COPY_BYTES = 1 << 18;

    private final Disk disk;
    private final Path directory;
    private final Sink sink;
    private long expected = -1;

    /** Takes the records in log order. */
    @FunctionalInterface
    public interface Sink {
        void accept(LogRecord logRecord) throws IOException;
    }

    /** A segment that was read: its number, the last log sequence in it (0 when empty), and its length in bytes. */
    public record SegmentSummary(long number, long last, long bytes) {}

    /**
     * What was found.
     *
     * @param segments in order
     * @param last the last log sequence, 0 when there is none
     * @param cutBytes how many bytes of a torn tail were cut
     */
    public record Result(List<SegmentSummary> segments, long last, long cutBytes) {}

    private LogRecovery(Disk disk, Path directory, Sink sink) {
        this.disk = disk;
        this.directory = directory;
        this.sink = sink;
    }

    /** Reads all segments of {@code directory} in order. */
    public static Result read(Disk disk, Path directory, Sink sink) throws IOException {
        return new LogRecovery(disk, directory, sink).readAll();
    }

    private Result readAll() throws IOException {
        List<SegmentSummary> segments = new ArrayList<>();
        List<Long> numbers = segmentNumbers();
        long last = 0;
        long cut = 0;
        for (int i = 0; i < numbers.size(); i++) {
            boolean isLast = i == numbers.size() - 1;
            Path path = WriteAheadLog.pathOf(directory, numbers.get(i));
            try (DiskFile file = disk.open(path)) {
                long size = file.size();
                SegmentSummary summary = readSegment(file, numbers.get(i), isLast);
                cut += size - summary.bytes();
                last = Math.max(last, summary.last());
                segments.add(summary);
                if (isLast) {
                    makeDurable(file, path, summary.bytes());
                }
            }
        }
        return new Result(List.copyOf(segments), last, cut);
    }

    private List<Long> segmentNumbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (Path path : disk.list(directory)) {
            String name = String.valueOf(path.getFileName());
            if (name.matches("\\d{10}\\.wal")) {
                numbers.add(Long.valueOf(name.substring(0, 10)));
            }
        }
        for (int i = 1; i < numbers.size(); i++) {
            if (numbers.get(i) != numbers.get(i - 1) + 1) {
                throw new DamagedException("The log segment " + (numbers.get(i - 1) + 1) + " is missing from "
                        + directory + " between " + numbers.get(i - 1) + " and " + numbers.get(i)
                        + ". Put it back, or restore this node from a backup or its peers.");
            }
        }
        return numbers;
    }

    private SegmentSummary readSegment(DiskFile file, long number, boolean isLast) throws IOException {
        long offset = 0;
        long last = 0;
        for (Frame frame = Frame.read(file, number, 0); frame != null; frame = Frame.read(file, number, offset)) {
            last = deliver(frame);
            offset += frame.length();
        }
        if (offset < file.size()) {
            cutTail(file, number, offset, isLast);
        }
        return new SegmentSummary(number, last, offset);
    }

    /**
     * Replaces the last segment by a synced copy of itself. After a killed process its last frame may be whole and still not
     * on the disk, and from here on it is shown. Another sync would not do: when the one before has failed, the system takes
     * those pages for clean and never writes them, so that the next frame would follow a hole.
     */
    private void makeDurable(DiskFile segment, Path path, long bytes) throws IOException {
        Path copyPath = path.resolveSibling(path.getFileName() + ".new");
        try (DiskFile copy = disk.open(copyPath)) {
            copy.truncate(0);
            ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
            for (long at = 0; at < bytes; at += buffer.limit()) {
                segment.read(buffer.clear().limit((int) Math.min(COPY_BYTES, bytes - at)), at);
                copy.write(buffer.flip(), at);
            }
            copy.sync();
        }
        disk.rename(copyPath, path);
        disk.syncDirectory(directory);
    }

    private void cutTail(DiskFile file, long number, long offset, boolean isLast) throws IOException {
        Long later = isLast ? findValidFrame(file, number, offset + 1) : Long.valueOf(file.size());
        if (later != null) {
            throw new DamagedException("The log segment " + WriteAheadLog.pathOf(directory, number)
                    + " is damaged at byte " + offset + ": what follows there was acknowledged once. Nothing was"
                    + " changed. Restore this node from a backup or its peers.");
        }
        file.truncate(offset);
    }

    private long deliver(Frame frame) throws IOException {
        if (expected >= 0 && frame.first() != expected) {
            throw new DamagedException("The log jumps from record " + (expected - 1) + " to " + frame.first()
                    + " in segment " + frame.segment() + ". Restore this node from a backup or its peers.");
        }
        Decoder records = new Decoder(frame.payload());
        long sequence = frame.first();
        for (int i = 0; i < frame.count(); i++) {
            RecordKind kind = RecordKind.of(records.getByte());
            if (kind == null) {
                throw new DamagedException("The log segment " + frame.segment()
                        + " has a record of a kind this release does not know; start the release that wrote it.");
            }
            byte[] bytes = records.getBytes(records.getInt());
            sink.accept(new LogRecord(sequence++, kind, bytes, i == frame.count() - 1));
        }
        expected = sequence;
        return sequence - 1;
    }

    /** Looks for a valid frame at any position from {@code from}; its offset, or null. */
    private static @Nullable Long findValidFrame(DiskFile file, long number, long from) throws IOException {
        ByteBuffer window = ByteBuffer.allocate(1 << 16);
        long size = file.size();
        for (long start = from; start + Frame.HEADER_BYTES <= size; start += window.capacity() - 3) {
            int length = file.read(window.clear(), start);
            for (int i = 0; i + 4 <= length; i++) {
                if (window.getInt(i) == Frame.MAGIC && Frame.read(file, number, start + i) != null) {
                    return start + i;
                }
            }
        }
        return null;
    }
}
