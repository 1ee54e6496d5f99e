package dev.kvs.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a data directory for one process. A lock of the operating system on {@code node.lock}, which goes with the
 * process however it ends; the file's content only tells people who holds it. The file is never deleted: a process
 * that deletes it could delete the one that the next process has just locked.
 */
public final class DataDirLock implements AutoCloseable {
    static final String FILE_NAME = "node.lock";

    private final FileChannel channel;

    private DataDirLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, creating the directory when it is not there, for this user alone. */
    public static DataDirLock acquire(Path dataDir) throws StartException {
        Path file = dataDir.resolve(FILE_NAME);
        try {
            OwnerOnly.createDirectories(dataDir);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return lock(channel, dataDir);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.DATA_DIR,
                    "The data directory " + dataDir + " cannot be used: " + reason(e)
                            + ". Set data_dir to a directory that this user may write.");
        }
    }

    private static DataDirLock lock(FileChannel channel, Path dataDir) throws IOException, StartException {
        boolean taken = false;
        try {
            if (tryLock(channel) == null) {
                throw new StartException(
                        ExitCode.DATA_DIR,
                        "Another node" + holder(channel) + " is using the data directory " + dataDir
                                + ". Stop it, or give this node a data_dir of its own.");
            }
            sign(channel);
            taken = true;
            return new DataDirLock(channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Null when somebody else has it, be it another process or another node of this one. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static void sign(FileChannel channel) throws IOException {
        channel.truncate(0);
        String text = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        String pid = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
        boolean isNumber = !pid.isEmpty() && pid.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? " (process " + pid + ")" : "";
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " cannot be created";
            case FileAlreadyExistsException exists -> exists.getFile() + " is not a directory";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Gives the directory free. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
