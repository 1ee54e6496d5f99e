package dev.kvs.ctl.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read. */
public final class PrivateFiles {
    private static final String OWNER_ONLY = "rwx------";
    private static final String OWNER_READS = "rw-------";
    private static final Set<PosixFilePermission> OTHERS_READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private PrivateFiles() {}

    /** Writes a text whole or not at all, and at no moment readable by others; makes the folders above it if need be. */
    public static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        Path fresh = Files.createTempFile(
                folder,
                "kvsctl",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_READS)));
        try {
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Whether a file could be written here, as far as that can be told without making anything. */
    public static boolean isWritable(Path file) {
        Path existing = file.toAbsolutePath().getParent();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing != null && Files.isDirectory(existing) && Files.isWritable(existing);
    }

    /** Whether others than its owner may read a file. Pipes are private: nobody else has their other end. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS_READ);
        open.retainAll(Files.getPosixFilePermissions(file));
        return !open.isEmpty();
    }
}
