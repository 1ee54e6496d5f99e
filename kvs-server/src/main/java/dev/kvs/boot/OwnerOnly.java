package dev.kvs.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories and files that nobody but their owner may enter or read, from the moment they are made. */
final class OwnerOnly {
    private OwnerOnly() {}

    /** Makes what is missing of a path; what is there keeps its permissions. */
    static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, permissions("rwx------"));
    }

    /** Writes a text to a new file of any name in a directory, to be moved to its own name once it is whole. */
    static Path temporary(Path directory, String text) throws IOException {
        Path file = Files.createTempFile(directory, "secret", ".new", permissions("rw-------"));
        Files.writeString(file, text + "\n", StandardCharsets.US_ASCII);
        return file;
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
