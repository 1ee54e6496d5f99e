package dev.kvs.platform;

import java.nio.file.Path;

/**
 * One mutating call on a {@link SimDisk}.
 *
 * @param number counted from 1 at every start of the disk
 * @param position the offset of a write, the new size of a truncation, otherwise 0
 * @param length the bytes of a write, otherwise 0
 */
public record DiskOperation(long number, Kind kind, Path path, long position, int length) {
    /** The mutating calls. Making a path of directories is one operation for each directory that was missing. */
    public enum Kind {
        CREATE,
        CREATE_DIRECTORY,
        WRITE,
        TRUNCATE,
        DELETE,
        RENAME,
        SYNC,
        SYNC_DIRECTORY
    }

    boolean isSync() {
        return kind == Kind.SYNC || kind == Kind.SYNC_DIRECTORY;
    }

    @Override
    public String toString() {
        String where = kind == Kind.WRITE ? " @" + position + "+" + length : "";
        return "operation " + number + " " + kind + " '" + path + "'" + where;
    }
}
