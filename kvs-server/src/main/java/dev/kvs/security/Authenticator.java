package dev.kvs.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kvs.model.KvsException;
import dev.kvs.platform.Time;
import dev.kvs.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From the header {@code Authorization} to the caller's rights. A token's signature is verified once and remembered; who the
 * user is, and whether the token is still good, is decided for every request by what this node knows then.
 */
final class Authenticator {
    /** Tokens that are remembered, about a KiB each. */
    private static final int REMEMBERED = 10_000;

    private static final String SCHEME = "Bearer ";

    private final Jwt jwt;
    private final Roll roll;
    private final Time time;
    private final long clockSkewMillis;
    private final Policy everywhere;
    private final Rights anonymous;
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** A verified token, and the rights that come with it as of an edition of the roll. */
    private static final class Known {
        private final Claims claims;
        private volatile @Nullable Standing standing;

        Known(Claims claims) {
            this.claims = claims;
        }
    }

    private record Standing(int edition, Rights rights) {}

    Authenticator(Jwt jwt, Roll roll, Time time, SecuritySettings settings) {
        this.jwt = jwt;
        this.roll = roll;
        this.time = time;
        this.clockSkewMillis = settings.clockSkewMillis();
        this.everywhere = Policy.everywhere(settings.valuePermissions());
        this.anonymous = rights(Caller.anonymous(anonymousScopes(settings)));
    }

    private static Scopes anonymousScopes(SecuritySettings settings) {
        List<String> scopes = new ArrayList<>(2);
        if (settings.anonymousRead()) {
            scopes.add(Scopes.READ);
        }
        if (settings.anonymousWrite()) {
            scopes.add(Scopes.WRITE);
        }
        return Scopes.of(scopes);
    }

    /** The rights of whoever sent this header, null for none; {@code unauthorized} when the token is not good. */
    Rights authenticate(@Nullable String authorization) {
        if (authorization == null) {
            return anonymous;
        }
        return rights(known(token(authorization)));
    }

    /** What a good token says. */
    Claims claims(String authorization) {
        return known(token(authorization)).claims;
    }

    private static String token(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new KvsException(
                    ErrorCode.UNAUTHORIZED,
                    "The header Authorization must be 'Bearer' and a token, one space between them.");
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    private Known known(String token) {
        Known verified = known.getIfPresent(token);
        if (verified == null) {
            verified = new Known(jwt.verify(token));
            known.put(token, verified);
        }
        return verified;
    }

    private Rights rights(Known token) {
        Claims claims = token.claims;
        long now = time.epochMillis();
        if (now >= claims.expiresAt()) {
            throw Jwt.refused("has expired");
        }
        if (claims.issuedAt() > now + clockSkewMillis) {
            throw Jwt.refused("is not valid yet; is this node's clock, or the one of whoever issued it, wrong?");
        }
        int edition = roll.edition();
        Standing standing = token.standing;
        if (standing == null || standing.edition() != edition) {
            standing = new Standing(edition, rights(caller(claims)));
            token.standing = standing;
        }
        return standing.rights();
    }

    private Caller caller(Claims claims) {
        User user = roll.user(claims.user()).orElseThrow(() -> Jwt.refused("belongs to a user who does not exist"));
        if (user.disabled()) {
            throw Jwt.refused("belongs to a user who is disabled");
        }
        if (roll.isRevoked(claims.id()) || claims.issuedAt() < roll.cutoff(user.id())) {
            throw Jwt.refused("was revoked");
        }
        return caller(user, claims.scopes());
    }

    /** A user with a token of some scopes: what he lost since it was issued is lost to the token too. */
    Caller caller(User user, Scopes ofToken) {
        Set<UUID> groups = roll.groupsOf(user.id());
        return new Caller(user.name(), user.id(), groups, ofToken.and(Scopes.known(user.scopes())));
    }

    /** The rights of a caller as the policies stand at each moment. */
    Rights rights(Caller caller) {
        return new Rights(caller, key -> roll.policyOf(key).orElse(everywhere));
    }
}
