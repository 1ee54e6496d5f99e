package dev.kvs.ctl.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kvs.client.WriteOptions;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Streams;
import dev.kvs.wire.EntityTag;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Permissions;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the values of flags; what cannot be read ends the command with the flag's name and an example. */
final class Arguments {
    /** The largest document that is read; a node's own limit, {@code max_json_size}, is 1 MiB unless it is raised. */
    private static final int BYTES_MAX = 64 * 1024 * 1024;

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

    /** A prefix without the slash at its end, when it can be sent; empty for the root. */
    static String prefix(String text) {
        String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return path.isEmpty() ? path : Session.key(path);
    }

    /** What is left of a time to live; zero for a value that has none, since without one a node gives its default. */
    static Duration left(@Nullable Long expiresAt) {
        if (expiresAt == null) {
            return Duration.ZERO;
        }
        return Duration.ofMillis(Math.max(1, expiresAt - System.currentTimeMillis()));
    }

    /** A document, {@code -} for standard input, or {@code @FILE}. */
    static byte[] document(Session session, String value) {
        if (value.equals("-")) {
            return fromStandardInput(session);
        }
        return value.startsWith("@") ? fromFile(value.substring(1)) : value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] fromStandardInput(Session session) {
        if ("-".equals(session.settings().tokenFile())) {
            throw Failure.usage("the document and --token-file cannot both come from standard input");
        }
        Streams streams = session.output().streams();
        if (streams.inIsTerminal() && session.settings().noInput()) {
            throw Failure.usage("'-' would read the document from a terminal, which --no-input forbids");
        }
        return streams.readAll(BYTES_MAX);
    }

    private static byte[] fromFile(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw Failure.usage("@" + file + " has more than " + BYTES_MAX + " bytes");
            }
            return bytes;
        } catch (IOException | InvalidPathException e) {
            throw Failure.usage("@" + file + " cannot be read: " + Failure.reason(e));
        }
    }

    /** JSON as it is spelled; else {@link Failure} under the node's own word for it. */
    static RawJson json(byte[] utf8) {
        try {
            return WireJson.read(utf8, RawJson.class);
        } catch (JsonProcessingException e) {
            throw Failure.of(
                    ExitCode.USAGE, ErrorCode.INVALID_JSON.code(), "this is not JSON: " + e.getOriginalMessage());
        }
    }

    /** A whole number between two bounds, both inclusive. */
    static int number(String flag, int value, int min, int max) {
        if (value < min || value > max) {
            throw Failure.usage(flag + " " + value + " is out of bounds: from " + min + " to " + max);
        }
        return value;
    }
}
