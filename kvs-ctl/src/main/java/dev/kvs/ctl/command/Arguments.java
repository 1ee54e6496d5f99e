package dev.kvs.ctl.command;

import dev.kvs.client.WriteOptions;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.EntityTag;
import dev.kvs.wire.Permissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the values of flags; what cannot be read ends the command with the flag's name and an example. */
final class Arguments {
    private Arguments() {}

    static UUID uuid(String flag, String text) {
        String bare = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
        return EntityTag.uuid(bare)
                .orElseThrow(() -> Failure.usage(
                        flag + " '" + text + "' is not a UUID such as 01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f"));
    }

    /** Milliseconds since 1970, or ISO-8601 with an offset. */
    static Instant moment(String flag, String text) {
        try {
            return text.chars().allMatch(Character::isDigit)
                    ? Instant.ofEpochMilli(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | NumberFormatException e) {
            throw Failure.usage(flag + " '" + text
                    + "' is not a time: write milliseconds since 1970, or ISO-8601 such as 2026-01-31T12:00:00Z");
        }
    }

    /** The options of a write; null for what was not given. */
    static WriteOptions write(
            @Nullable String ttl, @Nullable String ifMatch, boolean ifAbsent, @Nullable String idempotencyKey) {
        if (ifMatch != null && ifAbsent) {
            throw Failure.usage("--if-match and --if-absent exclude each other");
        }
        try {
            WriteOptions options = WriteOptions.NONE;
            options = ttl == null ? options : options.withTtl(Settings.duration("--ttl", ttl));
            options = ifMatch == null ? options : options.withIfMatch(uuid("--if-match", ifMatch));
            options = ifAbsent ? options.withIfAbsent() : options;
            return idempotencyKey == null ? options : options.withIdempotencyKey(idempotencyKey);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--idempotency-key: " + e.getMessage());
        }
    }

    /** Names with commas between them; null when there is no text, nothing when it is empty. */
    static @Nullable List<String> names(@Nullable String text) {
        return text == null
                ? null
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** Permissions as a person writes them, checked. */
    static String mode(String flag, String text) {
        if (Permissions.parse(text).isEmpty()) {
            throw Failure.usage(flag + " '" + text + "' is not a mode: write twelve letters and dashes such as"
                    + " cdwr--wr----, or three hexadecimal digits such as f30");
        }
        return text;
    }

    /** A whole number between two bounds, both inclusive. */
    static int number(String flag, int value, int min, int max) {
        if (value < min || value > max) {
            throw Failure.usage(flag + " " + value + " is out of bounds: from " + min + " to " + max);
        }
        return value;
    }
}
