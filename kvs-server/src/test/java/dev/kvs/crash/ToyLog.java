package dev.kvs.crash;

import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The smallest log that survives everything: segments of frames {@code length, checksum, bytes}, one sync for each
 * append, the newest segments kept. It is here to be broken: every {@link Bug} is a mistake that real logs have made, and the harness must see it.
 */
final class ToyLog {
    private static final Path ROOT = Path.of("");
    private static final Path DIRECTORY = Path.of("log");
    private static final int HEADER_BYTES = 8;
    private static final int SEGMENT_BYTES = 1500;
    private static final int SEGMENTS_KEPT = 2;

    /** Mistakes that can be planted. */
    enum Bug {
        SKIP_SYNC,
        SKIP_DIRECTORY_SYNC,
        SKIP_PARENT_DIRECTORY_SYNC,
        ACCEPT_TORN_FRAMES,
        CHECKSUM_WITHOUT_PLACE,
        LEAVE_TORN_TAIL,
        SHOW_UNSYNCED_TAIL,
        RETRY_SYNC,
        IGNORE_FAILED_SYNC
    }

    private final Disk disk;
    private final Set<Bug> bugs;
    private final List<String> entries = new ArrayList<>();
    private DiskFile segment;
    private int segmentNumber;
    private long end;
    private boolean failed;

    ToyLog(Disk disk, Set<Bug> bugs) throws IOException {
        this.disk = disk;
        this.bugs = bugs.isEmpty() ? EnumSet.noneOf(Bug.class) : EnumSet.copyOf(bugs);
        disk.createDirectories(DIRECTORY);
        if (!bugs.contains(Bug.SKIP_PARENT_DIRECTORY_SYNC)) {
            disk.syncDirectory(ROOT);
        }
        recover();
    }

    List<String> entries() {
        return entries;
    }

    void append(String entry) throws IOException {
        if (failed) {
            throw new IOException("the log failed before");
        }
        failed = true;
        if (end > SEGMENT_BYTES) {
            segment.close();
            create(segmentNumber + 1);
        }
        byte[] bytes = entry.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + bytes.length);
        frame.putInt(bytes.length).putInt(checksum(segmentNumber, end, bytes)).put(bytes);
        segment.write(frame.flip(), end);
        sync();
        end += frame.limit();
        entries.add(entry);
        failed = false;
    }

    void close() throws IOException {
        segment.close();
    }

    private void sync() throws IOException {
        if (bugs.contains(Bug.SKIP_SYNC)) {
            return;
        }
        try {
            segment.sync();
        } catch (IOException e) {
            if (bugs.contains(Bug.RETRY_SYNC)) {
                segment.sync();
            } else if (!bugs.contains(Bug.IGNORE_FAILED_SYNC)) {
                throw e;
            }
        }
    }

    private void create(int number) throws IOException {
        disk.delete(path(number - SEGMENTS_KEPT));
        segmentNumber = number;
        segment = disk.open(path(number));
        end = 0;
        if (!bugs.contains(Bug.SKIP_DIRECTORY_SYNC)) {
            disk.syncDirectory(DIRECTORY);
        }
    }

    private void recover() throws IOException {
        int last = lastSegment();
        if (last == 0) {
            create(1);
            return;
        }
        int first = last;
        while (disk.exists(path(first - 1))) {
            first--;
        }
        for (segmentNumber = first; segmentNumber < last; segmentNumber++) {
            segment = disk.open(path(segmentNumber));
            readFrames();
            segment.close();
        }
        segment = disk.open(path(last));
        end = readFrames();
        if (bugs.contains(Bug.LEAVE_TORN_TAIL)) {
            end = segment.size();
        }
        segment.truncate(end);
        if (!bugs.contains(Bug.SHOW_UNSYNCED_TAIL)) {
            disk.syncDirectory(DIRECTORY);
            sync();
        }
    }

    private int lastSegment() throws IOException {
        int last = 0;
        for (Path name : disk.list(DIRECTORY)) {
            last = Math.max(last, Integer.parseInt(name.toString()));
        }
        return last;
    }

    /** Reads the frames up to the first that is not whole; returns where that begins. */
    private long readFrames() throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) segment.size());
        segment.read(all, 0);
        all.flip();
        while (all.remaining() >= HEADER_BYTES) {
            int start = all.position();
            int length = all.getInt();
            int checksum = all.getInt();
            if (length <= 0 || length > all.remaining()) {
                return start;
            }
            byte[] bytes = new byte[length];
            all.get(bytes);
            if (checksum != checksum(segmentNumber, start, bytes) && !bugs.contains(Bug.ACCEPT_TORN_FRAMES)) {
                return start;
            }
            entries.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return all.position();
    }

    private int checksum(int number, long position, byte[] bytes) {
        CRC32C crc = new CRC32C();
        if (!bugs.contains(Bug.CHECKSUM_WITHOUT_PLACE)) {
            crc.update(ByteBuffer.allocate(12).putInt(number).putLong(position).flip());
        }
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static Path path(int number) {
        return DIRECTORY.resolve(Integer.toString(number));
    }
}
