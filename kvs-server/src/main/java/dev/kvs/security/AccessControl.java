package dev.kvs.security;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is asking, and what he may do: everything about access in one place. Safe for concurrent use. */
public final class AccessControl {
    /** Life of the token that whoever owns the node's files gets, in milliseconds: a day. */
    private static final long ROOT_LIFE = 24 * 3600 * Tokens.SECOND;

    private final Roll roll;
    private final Authenticator authenticator;
    private final Accounts accounts;
    private final Tokens tokens;
    private final Policies policies;

    /** Reads all records and follows their changes from now on. */
    public AccessControl(
            SecuritySettings settings, Records records, Witness witness, Time time, Randomness randomness) {
        Jwt jwt = jwt(settings);
        Passwords passwords = new Passwords();
        this.roll = new Roll();
        this.authenticator = new Authenticator(jwt, roll, time, settings);
        this.accounts = new Accounts(roll, records, passwords, witness, time, randomness);
        this.tokens = new Tokens(roll, records, jwt, authenticator, passwords, witness, time, randomness, settings);
        this.policies = new Policies(roll, records, witness, settings);
        records.follow(roll::apply);
    }

    private static Jwt jwt(SecuritySettings settings) {
        byte[] previous = settings.previousSecret();
        return new Jwt(
                TokenKey.of(settings.clusterId(), settings.secret()),
                previous.length == 0 ? List.of() : List.of(TokenKey.of(settings.previousClusterId(), previous)));
    }

    /**
     * A token of root for whoever owns this node's files and so could read everything anyway. Needs no store: only the
     * secret. Worth nothing where root is disabled.
     */
    public static String rootToken(SecuritySettings settings, Time time, Randomness randomness) {
        long now = Math.floorDiv(time.epochMillis(), Tokens.SECOND) * Tokens.SECOND;
        UUID id = new UUID(randomness.nextLong(), randomness.nextLong());
        return jwt(settings).sign(new Claims(id, User.ROOT.id(), Scopes.EVERYTHING, now, now + ROOT_LIFE));
    }

    /** The rights of whoever sent this header, null for none; {@code unauthorized} when the token in it is not good. */
    public Rights authenticate(@Nullable String authorization) {
        return authenticator.authenticate(authorization);
    }

    /** The claims {@code jti} and {@code exp} of a good token, the latter in milliseconds since the epoch. */
    public TokenFacts facts(String authorization) {
        Claims claims = authenticator.claims(authorization);
        return new TokenFacts(claims.id(), claims.expiresAt());
    }

    /** What a token says about itself. */
    public record TokenFacts(UUID id, long expiresAt) {}

    public Accounts accounts() {
        return accounts;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Policies policies() {
        return policies;
    }

    /** The name of the user or group that a value names; the UUID itself for one that is gone. */
    public @Nullable String nameOfUser(@Nullable UUID id) {
        return id == null ? null : roll.user(id).map(User::name).orElse(id.toString());
    }

    /** As {@link #nameOfUser}. */
    public @Nullable String nameOfGroup(@Nullable UUID id) {
        return id == null ? null : roll.group(id).map(Group::name).orElse(id.toString());
    }

    /**
     * Whether a user could do something with a key if he showed a token with all his scopes, and why.
     *
     * @param acl the permissions of what is stored there, null for nothing
     */
    public Decision can(Caller by, String name, Verb verb, Key key, @Nullable Acl acl) {
        if (!name.equals(by.name()) || by.isAnonymous()) {
            Accounts.require(by, Scopes.ADMIN);
        }
        User user = accounts.existing(name);
        if (user.disabled()) {
            return new Decision(false, "the user is disabled");
        }
        Scopes scopes = Scopes.known(user.scopes());
        Scopes counted = name.equals(by.name()) ? scopes.and(by.scopes()) : scopes;
        Rights rights = authenticator.rights(authenticator.caller(user, counted));
        boolean hidden = acl != null && !by.scopes().isAdmin() && !rights.mayRead(acl);
        return rights.explain(verb, key, hidden ? null : acl);
    }
}
