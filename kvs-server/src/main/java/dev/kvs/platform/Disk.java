package dev.kvs.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The disk port: one directory tree, as the store sees it. Real: {@link FileDisk}. Simulated: {@code SimDisk} in the
 * tests, which loses, tears and reorders whatever was not synced.
 *
 * <p>What survives a power cut: the bytes of a file up to its last {@link DiskFile#sync()}; the existence, absence and
 * name of a file up to the last {@link #syncDirectory} of its directory. All paths are relative to the tree's root.
 * Every method may throw {@link IOException}; after a failed sync the caller must assume that unsynced bytes are gone.
 */
public interface Disk {
    /** Opens a file for reading and writing, creating it (not its directory) when it is not there. */
    DiskFile open(Path file) throws IOException;

    /** Whether a file or directory of this name exists. */
    boolean exists(Path path) throws IOException;

    /** The names of the files (not directories) in a directory, sorted; empty when the directory is not there. */
    List<Path> list(Path directory) throws IOException;

    /** Creates a directory and its parents; nothing when it is there. Durable after syncing each parent. */
    void createDirectories(Path directory) throws IOException;

    /** Removes a file; nothing when it is not there. */
    void delete(Path file) throws IOException;

    /** Renames a file, replacing the target atomically. */
    void rename(Path from, Path to) throws IOException;

    /** Makes creations, deletions and renames directly below {@code directory} durable. */
    void syncDirectory(Path directory) throws IOException;

    /** Bytes that can still be written to this disk; {@link Long#MAX_VALUE} when that is not known. */
    long usableBytes() throws IOException;
}
