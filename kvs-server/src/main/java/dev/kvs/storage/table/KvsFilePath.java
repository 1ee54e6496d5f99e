package dev.kvs.storage.table;

import dev.kvs.platform.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * H2's view of a {@link JournaledFile}: the scheme {@code kvs:}. A mount has two files: {@code store.mv.db}, which H2 reads
 * and writes, and {@code committed.mv.db}, the same file as the last commit left it, read-only, for proving what is on the
 * disk. Everything else (trace and temporary files) does not exist and cannot be created.
 *
 * <p>H2 finds file systems through a static registry of its own, so the table of mounts is static too: the one place where
 * this project keeps mutable static state.
 */
final class KvsFilePath extends FilePath {
    private static final String SCHEME = "kvs";
    private static final String STORE = "/store.mv.db";
    private static final String COMMITTED = "/committed.mv.db";
    private static final ConcurrentMap<String, JournaledFile> MOUNTS = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT_MOUNT = new AtomicLong();

    static {
        FilePath.register(new KvsFilePath("kvs:/"));
    }

    private KvsFilePath(String path) {
        this.name = path;
    }

    /** A file made known to H2 until it is closed. */
    record Mount(String root) implements AutoCloseable {
        /** The database path for a JDBC URL; H2 appends {@code .mv.db}. */
        String database() {
            return root + "/store";
        }

        /** The file as last committed. */
        String committedFile() {
            return root + COMMITTED;
        }

        @Override
        public void close() {
            MOUNTS.remove(root);
        }
    }

    /** Makes {@code file} known under a fresh path. */
    static Mount mount(JournaledFile file) {
        String root = SCHEME + ":/" + NEXT_MOUNT.incrementAndGet();
        MOUNTS.put(root, file);
        return new Mount(root);
    }

    private @Nullable JournaledFile mounted(String suffix) {
        return name.endsWith(suffix) ? MOUNTS.get(name.substring(0, name.length() - suffix.length())) : null;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        JournaledFile store = mounted(STORE);
        if (store != null) {
            return JournaledChannel.forWriting(store);
        }
        JournaledFile committed = mounted(COMMITTED);
        if (committed != null && mode.equals("r")) {
            return JournaledChannel.ofCommitted(committed);
        }
        throw new NoSuchFileException(name);
    }

    @Override
    public boolean exists() {
        return size() > 0 || isDirectory();
    }

    @Override
    public long size() {
        JournaledFile store = mounted(STORE);
        JournaledFile committed = mounted(COMMITTED);
        try {
            return store != null ? store.size() : committed != null ? committed.committedSize() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isDirectory() {
        return MOUNTS.containsKey(name);
    }

    @Override
    public boolean isRegularFile() {
        return size() > 0;
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public boolean canWrite() {
        return mounted(STORE) != null;
    }

    @Override
    public FilePath toRealPath() {
        return this;
    }

    @Override
    public FilePath getParent() {
        int slash = name.lastIndexOf('/');
        Check.that(slash > 0, "every path of this scheme has a parent", name);
        return new KvsFilePath(name.substring(0, slash));
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        return List.of();
    }

    @Override
    public long lastModified() {
        return 0;
    }

    @Override
    public boolean createFile() {
        return false;
    }

    @Override
    public void createDirectory() {
        Check.that(isDirectory(), "directories of this scheme are mounts", name);
    }

    @Override
    public void delete() {
        Check.that(mounted(STORE) == null, "H2 never deletes the store", name);
    }

    @Override
    public void moveTo(FilePath target, boolean atomicReplace) {
        throw new IllegalStateException("H2 never renames the store: " + name);
    }

    @Override
    public boolean setReadOnly() {
        return false;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FilePath getPath(String path) {
        return new KvsFilePath(path);
    }
}
