package dev.kvs.storage.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import org.h2.store.fs.FakeFileChannel;
import org.h2.store.fs.FileBaseDefault;

/**
 * The channel H2 gets for a {@link JournaledFile}. {@link #force} does nothing: only a checkpoint commits. Closing it leaves
 * the file open, which belongs to the tables.
 *
 * <p>Reads and writes carry their position, so they need none of the locking of H2's base class.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class JournaledChannel extends FileBaseDefault {
    private final JournaledFile file;
    private final boolean committedOnly;

    private JournaledChannel(JournaledFile file, boolean committedOnly) {
        this.file = file;
        this.committedOnly = committedOnly;
    }

    static FileChannel forWriting(JournaledFile file) {
        return new JournaledChannel(file, false);
    }

    static FileChannel ofCommitted(JournaledFile file) {
        return new JournaledChannel(file, true);
    }

    @Override
    public long size() throws IOException {
        return committedOnly ? file.committedSize() : file.size();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        boolean wanted = target.hasRemaining();
        int count = committedOnly ? file.readCommitted(target, position) : file.read(target, position);
        return count == 0 && wanted ? -1 : count;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        if (committedOnly) {
            throw new NonWritableChannelException();
        }
        int count = source.remaining();
        file.write(source, position);
        return count;
    }

    @Override
    protected void implTruncate(long newSize) {
        if (committedOnly) {
            throw new NonWritableChannelException();
        }
        file.truncate(newSize);
    }

    @Override
    public void force(boolean metaData) {
        // Only JournaledFile.commit makes anything durable: see the package description.
    }

    @Override
    public FileLock tryLock(long position, long length, boolean shared) {
        return new MountLock(position, length, shared);
    }

    /** The data directory is locked as a whole at start, so H2's own lock always succeeds. */
    private static final class MountLock extends FileLock {
        MountLock(long position, long length, boolean shared) {
            super(FakeFileChannel.INSTANCE, position, length, shared);
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }
}
