package dev.kvs.platform;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A file of the machine's own file system, read and written by the calling thread.
 *
 * <p>Why not {@link java.nio.channels.FileChannel}: it closes itself when an interrupted thread touches it, for every
 * other thread too, and request threads are interrupted when their client leaves or the server stops. Opening it again
 * by name is no cure: the name may by then belong to another file, and the exception of the interrupt hides an
 * {@code EIO} that {@code force} met, which the kernel reports only once, so that the retry would acknowledge lost
 * bytes. An {@link AsynchronousFileChannel} has the same positional calls and does not listen to interrupts; with an
 * executor that runs tasks in the calling thread nothing about it is asynchronous.
 *
 * <p>{@link #sync} holds the thread's carrier until the disk answers, as every native call without compensation does:
 * syncing belongs on platform threads.
 */
final class SystemFile implements DiskFile {
    /**
     * The most bytes given to the system in one call. The JDK copies a heap buffer to a direct one of the same size and
     * keeps that per carrier thread, so a checkpoint's large buffer would stay twice in memory.
     */
    private static final int TRANSFER_BYTES_MAX = 1 << 20;

    private final AsynchronousFileChannel channel;

    private SystemFile(AsynchronousFileChannel channel) {
        this.channel = channel;
    }

    static SystemFile open(Path file) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        return new SystemFile(AsynchronousFileChannel.open(file, options, CallingThread.EXECUTOR));
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return transfer(target, position, channel::read);
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        int length = source.remaining();
        int written = transfer(source, position, channel::write);
        Check.that(written == length, "a write ends short only with an exception", written);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Repeats {@code call} until the buffer is through or the file ends; returns the bytes moved. */
    private static int transfer(ByteBuffer buffer, long position, Transfer call) throws IOException {
        int start = buffer.position();
        int end = buffer.limit();
        try {
            while (buffer.position() < end) {
                buffer.limit(buffer.position() + Math.min(end - buffer.position(), TRANSFER_BYTES_MAX));
                if (await(call.at(buffer, position + buffer.position() - start)) < 0) {
                    break;
                }
            }
        } finally {
            buffer.limit(end);
        }
        return buffer.position() - start;
    }

    /** The result of a transfer that has already ended, because the calling thread itself ran it. */
    private static int await(Future<Integer> transfer) throws IOException {
        try {
            return transfer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("the transfer failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted before the transfer ended");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** {@link AsynchronousFileChannel#read(ByteBuffer, long)} or its counterpart for writing. */
    @FunctionalInterface
    private interface Transfer {
        Future<Integer> at(ByteBuffer buffer, long position);
    }
}
