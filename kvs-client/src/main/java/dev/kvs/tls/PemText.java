package dev.kvs.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a PEM file (RFC 7468), whatever is named by mistake. */
public final class PemText {
    /** Far above any bundle of authorities, far below what fills the memory. */
    private static final int BYTES_MAX = 1 << 20;

    private PemText() {}

    /** All of a file of at most 1 MiB. */
    public static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(BYTES_MAX + 1);
            if (text.length > BYTES_MAX) {
                throw new IOException("it has more than " + BYTES_MAX + " bytes");
            }
            return text;
        }
    }
}
