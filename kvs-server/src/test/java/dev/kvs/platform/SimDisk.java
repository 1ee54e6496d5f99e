package dev.kvs.platform;

import dev.kvs.platform.DiskOperation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The disk of a machine whose power can be cut: keeps what is synced and what is not apart, for the bytes of every file
 * and the entries of every directory, and decides from one seed what of the unsynced a power cut leaves.
 *
 * <p>Every mutating call is a numbered {@link DiskOperation}, counted from 1 at every start. {@link #crashAfter} makes
 * one of them the last: it may or may not take effect, and it and every later call throw {@link PowerCut} until
 * {@link #restart}. One lock guards everything; driven from one thread, the same seed and calls give the same bytes.
 *
 * <p>Stricter than Linux on purpose: a file's entry is durable only after {@link #syncDirectory}, unsynced operations
 * are not ordered among each other, and a rename between directories is two changes.
 */
public final class SimDisk implements Disk {
    private final long seed;
    private final SimTree tree;
    private volatile Consumer<DiskOperation> listener = _ -> {};

    private boolean powered = true;
    private long start;
    private @Nullable DiskOperation last;
    private @Nullable SimNode inFlight;

    private long cutAt = Long.MAX_VALUE;
    private long failSyncFrom = Long.MAX_VALUE;
    private long capacityBytes = Long.MAX_VALUE;

    public SimDisk(long seed) {
        this(seed, new SimTree());
    }

    private SimDisk(long seed, SimTree tree) {
        this.seed = seed;
        this.tree = tree;
    }

    /** Another disk with the same contents, powered or not, without the faults and the listener set on this one. */
    public synchronized SimDisk fork() {
        Map<SimNode, SimNode> copies = new IdentityHashMap<>();
        SimDisk fork = new SimDisk(seed, tree.copy(copies));
        fork.powered = powered;
        fork.start = start;
        fork.last = last;
        fork.inFlight = inFlight == null ? null : copies.get(inFlight);
        return fork;
    }

    /** Cuts the power during operation {@code number}, counted from the last start. */
    public synchronized void crashAfter(long number) {
        cutAt = number;
    }

    /** Cuts the power now, between two operations. */
    public synchronized void cutPower() {
        powered = false;
        inFlight = null;
    }

    /** Brings the machine up again with whatever the power cut left under {@code model}; cuts the power if it is on. */
    public synchronized void restart(CrashModel model) {
        SplittableRandom random =
                new SplittableRandom(seed * 31 + start * 1_000_003 + operations() * 7 + model.ordinal());
        tree.settle(model, powered ? null : inFlight, random);
        restartProcess();
    }

    /**
     * Starts the process again on a machine that never went down ({@code kill -9}): all is visible, nothing more synced
     * than before. Like {@link #restart} it ends the faults set here, except the capacity.
     */
    public synchronized void restartProcess() {
        powered = true;
        start++;
        last = null;
        inFlight = null;
        cutAt = Long.MAX_VALUE;
        failSyncFrom = Long.MAX_VALUE;
    }

    /** Whether the power is on. */
    public synchronized boolean isPowered() {
        return powered;
    }

    /**
     * Makes the first sync from operation {@code number} on fail with an I/O error. Its unsynced changes stay visible
     * but are never written, even if a later sync succeeds: what Linux does to those who retry fsync.
     */
    public synchronized void failSyncFrom(long number) {
        failSyncFrom = number;
    }

    /** Lets the files have {@code bytes} together; a write beyond that ends short with an exception. */
    public synchronized void limitCapacity(long bytes) {
        capacityBytes = bytes;
    }

    /** Flips one bit of a file at rest; nothing when the file is shorter. */
    public synchronized void flipBit(Path file, long bit) throws FileSystemException {
        tree.file(file).flipBit(bit);
    }

    /**
     * Calls {@code listener} in the calling thread before every mutating operation, outside the lock, so that it may
     * take its time (a slow disk), look at this disk, or fork it. The operation has no number yet (0).
     */
    public void beforeEach(Consumer<DiskOperation> listener) {
        this.listener = listener;
    }

    /** Operations since the last start. */
    public synchronized long operations() {
        return last == null ? 0 : last.number();
    }

    /** The last operation since the start; the one during which the power was cut, if it was. */
    public synchronized @Nullable DiskOperation lastOperation() {
        return last;
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        synchronized (this) {
            ensurePowered(start);
            if (tree.find(file) != null) {
                return new SimFile(this, file, tree.file(file), start);
            }
            tree.directory(SimTree.parent(file));
        }
        announce(Kind.CREATE, file, 0, 0);
        synchronized (this) {
            if (tree.find(file) == null) {
                SimInode inode = new SimInode();
                perform(
                        start,
                        Kind.CREATE,
                        file,
                        0,
                        0,
                        tree.directory(SimTree.parent(file)),
                        () -> tree.link(file, inode));
            }
            return new SimFile(this, file, tree.file(file), start);
        }
    }

    @Override
    public synchronized boolean exists(Path path) throws IOException {
        ensurePowered(start);
        return tree.find(path) != null;
    }

    @Override
    public synchronized List<Path> list(Path directory) throws IOException {
        ensurePowered(start);
        if (!(tree.find(directory) instanceof SimDirectory found)) {
            return List.of();
        }
        return found.entries().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof SimInode)
                .map(entry -> Path.of(entry.getKey()))
                .sorted()
                .toList();
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        Path path = Path.of("");
        for (String name : SimTree.names(directory)) {
            path = path.resolve(name);
            if (!exists(path)) {
                Path made = path;
                announce(Kind.CREATE_DIRECTORY, made, 0, 0);
                synchronized (this) {
                    SimDirectory parent = tree.directory(SimTree.parent(made));
                    perform(
                            start,
                            Kind.CREATE_DIRECTORY,
                            made,
                            0,
                            0,
                            parent,
                            () -> tree.link(made, new SimDirectory()));
                }
            }
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        if (!exists(file)) {
            return;
        }
        announce(Kind.DELETE, file, 0, 0);
        synchronized (this) {
            tree.file(file);
            SimDirectory parent = tree.directory(SimTree.parent(file));
            perform(start, Kind.DELETE, file, 0, 0, parent, () -> tree.unlink(file));
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        SimTree.names(from);
        SimTree.names(to);
        announce(Kind.RENAME, from, 0, 0);
        synchronized (this) {
            tree.file(from);
            SimDirectory source = tree.directory(SimTree.parent(from));
            perform(start, Kind.RENAME, from, 0, 0, source, () -> tree.move(from, to));
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        SimTree.names(directory);
        announce(Kind.SYNC_DIRECTORY, directory, 0, 0);
        synchronized (this) {
            ensurePowered(start);
            SimDirectory found = tree.directory(directory);
            perform(start, Kind.SYNC_DIRECTORY, directory, 0, 0, found, () -> {
                failSync(directory, found::forgetUnsynced);
                found.sync();
            });
        }
    }

    @Override
    public synchronized long usableBytes() throws IOException {
        ensurePowered(start);
        return capacityBytes == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, capacityBytes - tree.usedBytes());
    }

    synchronized int read(long opened, SimInode inode, ByteBuffer target, long position) throws IOException {
        ensurePowered(opened);
        byte[] bytes = new byte[Math.clamp(inode.current().size() - position, 0, target.remaining())];
        inode.current().read((int) Math.min(position, Integer.MAX_VALUE), bytes, 0, bytes.length);
        target.put(bytes);
        return bytes.length;
    }

    synchronized long size(long opened, SimInode inode) throws IOException {
        ensurePowered(opened);
        return inode.current().size();
    }

    void write(long opened, Path path, SimInode inode, ByteBuffer source, long position) throws IOException {
        int length = source.remaining();
        announce(Kind.WRITE, path, position, length);
        synchronized (this) {
            perform(opened, Kind.WRITE, path, position, length, inode, () -> {
                long growth = Math.max(0, position + length - inode.current().size());
                long room = usableBytes();
                byte[] data = new byte[(int) Math.max(0, length - Math.max(0, growth - room))];
                source.get(data);
                if (data.length > 0) {
                    inode.change(new SimInode.Change.Write(Math.toIntExact(position), data));
                }
                if (data.length < length) {
                    throw new FileSystemException(path.toString(), null, "No space left on device");
                }
            });
        }
    }

    void truncate(long opened, Path path, SimInode inode, long size) throws IOException {
        announce(Kind.TRUNCATE, path, size, 0);
        synchronized (this) {
            perform(opened, Kind.TRUNCATE, path, size, 0, inode, () -> {
                if (size < inode.current().size()) {
                    tree.bury(inode);
                    inode.change(new SimInode.Change.Truncate((int) size));
                }
            });
        }
    }

    void sync(long opened, Path path, SimInode inode) throws IOException {
        announce(Kind.SYNC, path, 0, 0);
        synchronized (this) {
            perform(opened, Kind.SYNC, path, 0, 0, inode, () -> {
                failSync(path, inode::forgetUnsynced);
                inode.sync();
            });
        }
    }

    private void announce(Kind kind, Path path, long position, int length) {
        listener.accept(new DiskOperation(0, kind, path, position, length));
    }

    /** Numbers and performs one operation, or cuts the power during it. A sync that is cut has not happened. */
    private void perform(long opened, Kind kind, Path path, long position, int length, SimNode node, Effect effect)
            throws IOException {
        ensurePowered(opened);
        DiskOperation operation = new DiskOperation(operations() + 1, kind, path, position, length);
        last = operation;
        if (operation.number() < cutAt) {
            effect.take();
            return;
        }
        try {
            if (!operation.isSync()) {
                effect.take();
                inFlight = node;
            }
        } finally {
            powered = false;
        }
        throw new PowerCut("the power was cut during " + operation);
    }

    private void failSync(Path path, Runnable forget) throws IOException {
        if (operations() >= failSyncFrom) {
            failSyncFrom = Long.MAX_VALUE;
            forget.run();
            throw new FileSystemException(path.toString(), null, "Input/output error");
        }
    }

    private void ensurePowered(long opened) throws PowerCut {
        if (!powered) {
            throw new PowerCut("the power is off since " + last);
        }
        if (opened != start) {
            throw new PowerCut("this file was opened before the power was cut");
        }
    }

    /** What an operation does to the tree. */
    @FunctionalInterface
    private interface Effect {
        void take() throws IOException;
    }
}
