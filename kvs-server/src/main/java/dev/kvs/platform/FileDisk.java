package dev.kvs.platform;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The machine's own disk below one directory. A path that would leave that directory is refused; symbolic links below
 * it are followed, because an operator may want part of the data on another disk.
 */
public final class FileDisk implements Disk {
    private final Path root;

    /** A disk whose paths are relative to {@code root}; the directory is created by {@link #createDirectories}. */
    public FileDisk(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return SystemFile.open(resolve(file));
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return Files.exists(resolve(path));
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        Path resolved = resolve(directory);
        if (Files.notExists(resolved)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(resolved)) {
            return entries.filter(Files::isRegularFile)
                    .map(Path::getFileName)
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        Files.createDirectories(resolve(directory));
    }

    @Override
    public void delete(Path file) throws IOException {
        Path resolved = resolve(file);
        if (Files.isDirectory(resolved)) {
            throw new FileSystemException(file.toString(), null, "is a directory");
        }
        Files.deleteIfExists(resolved);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(resolve(from), resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Here the directory itself is opened and synced, which Linux and macOS allow.
     */
    @Override
    public void syncDirectory(Path directory) throws IOException {
        Path resolved = resolve(directory);
        try (AsynchronousFileChannel channel =
                AsynchronousFileChannel.open(resolved, Set.of(StandardOpenOption.READ), CallingThread.EXECUTOR)) {
            channel.force(true);
        }
    }

    @Override
    public long usableBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    private Path resolve(Path path) throws IOException {
        Path resolved = root.resolve(path).normalize();
        if (path.isAbsolute() || !resolved.startsWith(root)) {
            throw new FileSystemException(path.toString(), null, "must be relative and stay below " + root);
        }
        return resolved;
    }
}
