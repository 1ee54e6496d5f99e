package dev.kvs.wire;

import java.util.Optional;
import java.util.UUID;

/**
 * The tag of one form of one version: {@code "uuid"} for the envelope, {@code "uuid.raw"} for the bare document. {@code
 * If-Match} takes either.
 */
public record EntityTag(UUID uuid, boolean raw) {
    private static final String RAW_SUFFIX = ".raw";
    private static final int UUID_LENGTH = 36;

    /** Reads a strong tag with its quotes; empty for a weak one or one that is not ours. */
    public static Optional<EntityTag> parse(String header) {
        if (header.length() < 2 || header.charAt(0) != '"' || header.charAt(header.length() - 1) != '"') {
            return Optional.empty();
        }
        String text = header.substring(1, header.length() - 1);
        boolean raw = text.endsWith(RAW_SUFFIX);
        return uuid(raw ? text.substring(0, text.length() - RAW_SUFFIX.length()) : text)
                .map(uuid -> new EntityTag(uuid, raw));
    }

    /** Reads a UUID in its one full form of 36 characters, which {@link UUID#fromString} alone does not insist on. */
    public static Optional<UUID> uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equalsIgnoreCase(text) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException notUuid) {
            return Optional.empty();
        }
    }

    /** As it stands in {@code ETag}, with quotes. */
    @Override
    public String toString() {
        return '"' + uuid.toString() + (raw ? RAW_SUFFIX : "") + '"';
    }
}
