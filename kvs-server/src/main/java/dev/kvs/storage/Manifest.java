package dev.kvs.storage;

import dev.kvs.model.StoreId;
import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import dev.kvs.storage.format.DamagedException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a data directory must at least contain: a small text file, replaced atomically after each checkpoint. It exists so
 * that a directory whose parts do not belong together (an older copy of the tables, a removed log) is refused with an
 * explanation instead of served with a hole.
 *
 * <pre>{@code
 * # KVS data directory. Written by the node; do not edit.
 * format=1
 * store=0198c5a2-...
 * joined=1767225600000
 * applied=120034
 * segment=17
 * crc=5f3a10c2
 * }</pre>
 *
 * The CRC-32C of everything before it: a digit that changed on the disk would still be a number.
 *
 * @param store the identity of the data directory
 * @param joinedMillis when this store was founded, milliseconds since the epoch; decides ties between origins
 * @param applied the tables hold at least this log sequence
 * @param segment a log segment with this number or a higher one exists
 * @param next what the store may already be called in the log or in the tables, null as a rule: the line {@code next=...}
 */
record Manifest(
        StoreId store,
        long joinedMillis,
        long applied,
        long segment,
        @Nullable StoreId next) {
    private static final Path FILE = Path.of("MANIFEST");
    private static final Path NEW_FILE = Path.of("MANIFEST.new");
    private static final Path ROOT = Path.of("");
    private static final int MAX_BYTES = 4096;

    /** Reads the manifest; null when there is none. */
    static @Nullable Manifest read(Disk disk) throws IOException {
        if (!disk.exists(FILE)) {
            return null;
        }
        try (DiskFile file = disk.open(FILE)) {
            ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
            file.read(bytes, 0);
            return parse(StandardCharsets.UTF_8.decode(bytes.flip()).toString());
        }
    }

    private static Manifest parse(String text) throws IOException {
        Properties entries = new Properties();
        entries.load(new StringReader(text));
        try {
            if (!"1".equals(entries.getProperty("format"))) {
                throw new DamagedException("The file MANIFEST has format " + entries.getProperty("format")
                        + "; this release reads format 1. Start the release that wrote it.");
            }
            Manifest manifest = new Manifest(
                    new StoreId(UUID.fromString(entries.getProperty("store", ""))),
                    Long.parseLong(entries.getProperty("joined", "")),
                    Long.parseLong(entries.getProperty("applied", "")),
                    Long.parseLong(entries.getProperty("segment", "")),
                    idIn(entries.getProperty("next")));
            if (!manifest.text().equals(text)) {
                throw new DamagedException("The file MANIFEST is not as it was written: its checksum does not fit."
                        + " Restore this node from a backup or its peers.");
            }
            return manifest;
        } catch (IllegalArgumentException e) {
            throw new DamagedException(
                    "The file MANIFEST cannot be read: " + e.getMessage()
                            + ". Restore this node from a backup or its peers.",
                    e);
        }
    }

    private static @Nullable StoreId idIn(@Nullable String text) {
        return text == null ? null : new StoreId(UUID.fromString(text));
    }

    /** Whether a part that says that it belongs to this store may be right. */
    boolean names(StoreId part) {
        return part.equals(store) || part.equals(next);
    }

    private String text() {
        String entries = "# KVS data directory. Written by the node; do not edit.\nformat=1\nstore=" + store
                + "\njoined=" + joinedMillis + "\napplied=" + applied + "\nsegment=" + segment + "\n"
                + (next == null ? "" : "next=" + next + "\n");
        CRC32C crc = new CRC32C();
        crc.update(entries.getBytes(StandardCharsets.UTF_8));
        return entries + "crc=" + String.format("%08x", crc.getValue()) + "\n";
    }

    /** Replaces the manifest durably and atomically. */
    void write(Disk disk) throws IOException {
        try (DiskFile file = disk.open(NEW_FILE)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8)), 0);
            file.sync();
        }
        disk.rename(NEW_FILE, FILE);
        disk.syncDirectory(ROOT);
    }
}
