package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.replication.Condition;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.WriteOptions;
import dev.kvs.wire.Durations;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.Parameters;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What writes have in common: conditions, acknowledgements, repeats and times to live. */
final class WriteRequests {
    /** More nodes than a cluster can have; a number above the members' is the coordinator's to judge. */
    static final int ACKS_MAX = 1_000;

    private static final int IDEMPOTENCY_KEY_MAX = 255;
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create(Headers.IDEMPOTENCY_KEY);

    private WriteRequests() {}

    /** The options of a write whose body has been read. */
    static WriteOptions options(Exchange exchange, List<Condition> conditions) {
        int acks = exchange.query().number(Parameters.ACKS, 1, ACKS_MAX, 1);
        WriteOptions.Idempotency idempotency = idempotency(exchange);
        return new WriteOptions(exchange.rights(), conditions, acks, idempotency);
    }

    private static WriteOptions.@Nullable Idempotency idempotency(Exchange exchange) {
        if (!exchange.headers().contains(IDEMPOTENCY_KEY)) {
            return null;
        }
        String key = exchange.headers().get(IDEMPOTENCY_KEY).get();
        boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (key.isEmpty() || key.length() > IDEMPOTENCY_KEY_MAX || !visible) {
            throw new KvsException(
                    ErrorCode.INVALID_HEADER,
                    Headers.IDEMPOTENCY_KEY + " must be 1 to " + IDEMPOTENCY_KEY_MAX + " visible ASCII characters.");
        }
        UUID user = exchange.rights().caller().user();
        return new WriteOptions.Idempotency(user + ":" + key, fingerprint(exchange));
    }

    private static String fingerprint(Exchange exchange) {
        HttpPrologue prologue = exchange.request().prologue();
        String target = prologue.method().text()
                + ' '
                + prologue.uriPath().rawPath()
                + '?'
                + prologue.query().rawValue()
                + '\n';
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(target.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(exchange.body()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** The expiry of {@code ?ttl}; {@code invalid_parameter}. */
    static Expiry expiryOfParameter(String ttl) {
        try {
            return expiry(Durations.parse(ttl));
        } catch (IllegalArgumentException notDuration) {
            throw QueryParameters.invalid(Parameters.TTL, "is not usable: " + notDuration.getMessage());
        }
    }

    /** The expiry of a life; zero is never. */
    static Expiry expiry(Duration life) {
        return life.isZero() ? new Expiry.Never() : new Expiry.After(life.toMillis());
    }
}
