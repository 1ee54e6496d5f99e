package dev.kvs.security;

import dev.kvs.platform.Time;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Tokens that somebody would like to be good. */
public final class ForgedTokens {
    private static final String CLUSTER = "cluster";
    private static final long HOUR = 3_600_000;

    private final String secret;
    private final Time time;

    public ForgedTokens(String secret, Time time) {
        this.secret = secret;
        this.time = time;
    }

    private static Jwt jwt(String cluster, String secret) {
        return new Jwt(TokenKey.of(cluster, secret.getBytes(StandardCharsets.US_ASCII)), List.of());
    }

    private Claims claims(String user, long issuedBefore) {
        long now = time.epochMillis();
        return new Claims(
                new UUID(1, 2),
                UUID.fromString(user),
                Scopes.EVERYTHING,
                now - issuedBefore,
                now - issuedBefore + HOUR);
    }

    public String expired(String user) {
        return jwt(CLUSTER, secret).sign(claims(user, 2 * HOUR));
    }

    public String forCluster(String cluster, String user) {
        return jwt(cluster, secret).sign(claims(user, 0));
    }

    public String signedBy(String other, String user) {
        return jwt(CLUSTER, other).sign(claims(user, 0));
    }

    /** The good signature's header replaced by {@code alg: none}, and no signature. */
    public String unsigned(String user) {
        String good = jwt(CLUSTER, secret).sign(claims(user, 0));
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII));
        return header + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1);
    }
}
