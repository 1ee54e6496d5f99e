package dev.kvs.storage.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.kvs.platform.Check;
import org.jspecify.annotations.Nullable;

/**
 * zstd (RFC 8878) for documents above a threshold; a document that would not shrink by an eighth stays as it is, because
 * every later read would pay for nothing.
 *
 * @param enabled whether anything is compressed; what was compressed before is always read
 * @param thresholdBytes documents of at least this size are tried
 * @param level 1 to 19
 */
public record BodyCompression(boolean enabled, int thresholdBytes, int level) {
    public static final BodyCompression OFF = new BodyCompression(false, 512, 3);

    public BodyCompression {
        Check.that(thresholdBytes >= 0, "a threshold is not negative", thresholdBytes);
        Check.that(level >= 1 && level <= 19, "zstd levels are 1 to 19", level);
    }

    /** The compressed document, or null when compression is off or does not pay. */
    byte @Nullable [] pack(byte[] body) {
        if (!enabled || body.length < thresholdBytes) {
            return null;
        }
        byte[] packed = Zstd.compress(body, level);
        return packed.length <= body.length - body.length / 8 ? packed : null;
    }

    /** The document of {@code length} bytes that was packed. */
    static byte[] unpack(byte[] packed, int length) throws DamagedException {
        try {
            byte[] body = Zstd.decompress(packed, length);
            if (body.length == length) {
                return body;
            }
        } catch (ZstdException e) {
            throw new DamagedException("a compressed document cannot be read: " + e.getMessage(), e);
        }
        throw new DamagedException("a compressed document is shorter than its " + length + " bytes");
    }
}
