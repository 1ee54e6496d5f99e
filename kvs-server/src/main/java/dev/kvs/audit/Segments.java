package dev.kvs.audit;

import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segment files of an audit log on the disk: {@code audit/0000000001.audit} and so on. */
final class Segments {
    /**
     * Longest segment: one is followed by another once it has {@link AuditLog#SEGMENT_BYTES}, and its last block may be longer
     * than {@link AuditLog#BLOCK_BYTES} by one entry.
     */
    static final int BYTES_MAX = AuditLog.SEGMENT_BYTES + AuditLog.BLOCK_BYTES + (1 << 16);

    private final Disk disk;

    Segments(Disk disk) {
        this.disk = disk;
    }

    /** The numbers of the files that are there, ascending. */
    List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (Path path : disk.list(AuditLog.DIRECTORY)) {
            String name = String.valueOf(path.getFileName());
            if (name.matches("\\d{10}\\.audit")) {
                numbers.add(Long.valueOf(name.substring(0, 10)));
            }
        }
        return numbers;
    }

    boolean exists(long number) throws IOException {
        return disk.exists(pathOf(number));
    }

    DiskFile open(long number) throws IOException {
        return disk.open(pathOf(number));
    }

    void delete(long number) throws IOException {
        disk.delete(pathOf(number));
    }

    /** Makes a segment that begins at a place, whatever was there before. */
    DiskFile create(Place beginning) throws IOException {
        DiskFile file = open(beginning.segment());
        file.truncate(0);
        file.write(SegmentHeader.write(beginning), 0);
        return file;
    }

    /** All of a segment, at most {@code BYTES_MAX + 1} bytes; empty when it is not there. */
    byte[] read(long number) throws IOException {
        return read(number, BYTES_MAX + 1);
    }

    /** Where a segment says that it begins; null when it does not say. */
    @Nullable
    Place beginning(long number) throws IOException {
        byte[] header = read(number, SegmentHeader.BYTES);
        try {
            return SegmentHeader.read(header, header.length);
        } catch (BrokenException e) {
            return null;
        }
    }

    private byte[] read(long number, int most) throws IOException {
        if (!exists(number)) {
            return new byte[0];
        }
        try (DiskFile file = open(number)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), most));
            int read = file.read(bytes, 0);
            byte[] all = bytes.array();
            return read == all.length ? all : Arrays.copyOf(all, read);
        }
    }

    private static Path pathOf(long number) {
        return AuditLog.DIRECTORY.resolve(String.format("%010d.audit", number));
    }
}
