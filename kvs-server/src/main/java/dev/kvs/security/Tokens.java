package dev.kvs.security;

import dev.kvs.model.KvsException;
import dev.kvs.model.Uuids;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.WireJson;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives tokens out and takes them back. Refusals: {@code forbidden}, {@code unauthorized} for a wrong password, {@code
 * token_not_found}, {@code user_not_found}, {@code invalid_request}, and those of a write.
 */
public final class Tokens {
    /** Milliseconds: a token's times are whole seconds. */
    static final long SECOND = 1000;

    /** No token lives longer than this, in milliseconds: 90 days. A cutoff need not be kept longer either. */
    public static final long LIFE_MAX = 90L * 24 * 3600 * SECOND;

    /** Tokens that a cluster can have at a time: all are held in memory. */
    static final int MOST = 100_000;

    /** Tokens that a user can have at a time, so that nobody takes the room of the others. */
    static final int MOST_OF_USER = 1_000;

    private static final int LABEL_MAX = 200;

    private final Roll roll;
    private final Records records;
    private final Jwt jwt;
    private final Authenticator authenticator;
    private final Passwords passwords;
    private final Witness witness;
    private final Time time;
    private final Randomness randomness;
    private final SecuritySettings settings;

    Tokens(
            Roll roll,
            Records records,
            Jwt jwt,
            Authenticator authenticator,
            Passwords passwords,
            Witness witness,
            Time time,
            Randomness randomness,
            SecuritySettings settings) {
        this.roll = roll;
        this.records = records;
        this.jwt = jwt;
        this.authenticator = authenticator;
        this.passwords = passwords;
        this.witness = witness;
        this.time = time;
        this.randomness = randomness;
        this.settings = settings;
    }

    /**
     * A token that was just made; this is the only time that it can be seen.
     *
     * @param text what goes behind {@code Bearer}
     */
    public record Fresh(String text, IssuedToken issued, String user) {}

    /**
     * What token is wanted.
     *
     * @param user whose; null for the caller himself
     * @param label what it is for; at most 200 characters
     * @param scopes null for all that its owner has, within those of the caller
     * @param lifeMillis null for the usual life
     */
    public record Wish(
            @Nullable String user,
            @Nullable String label,
            @Nullable List<String> scopes,
            @Nullable Long lifeMillis) {}

    /** Makes a token. Everybody may make one for himself that is good for no more than the one he shows. */
    public Fresh create(Caller by, Wish wish) {
        if (by.isAnonymous()) {
            throw new KvsException(ErrorCode.FORBIDDEN, "A token belongs to a user: log in to make one.");
        }
        String name = wish.user() == null ? by.name() : wish.user();
        if (!name.equals(by.name())) {
            Accounts.require(by, "admin:tokens:create");
        }
        User user = roll.user(name).orElseThrow(() -> Names.noUser(name));
        Scopes most = Scopes.known(user.scopes()).and(by.scopes());
        Scopes scopes = wish.scopes() == null ? most : Scopes.of(wish.scopes());
        if (!most.cover(scopes)) {
            throw new KvsException(
                    ErrorCode.FORBIDDEN,
                    "A token is good for no more than its owner and whoever makes it: " + most + ".");
        }
        Fresh fresh = issue(user, label(wish), scopes, life(wish));
        witness.saw(by, "token.create", name + " " + fresh.issued().id());
        return fresh;
    }

    private static String label(Wish wish) {
        String label = wish.label() == null ? "" : wish.label();
        if (label.length() > LABEL_MAX || label.chars().anyMatch(Character::isISOControl)) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST, "A label has at most " + LABEL_MAX + " characters, all printable.");
        }
        return label;
    }

    private long life(Wish wish) {
        long life = wish.lifeMillis() == null ? settings.tokenLifeMillis() : wish.lifeMillis();
        if (life < SECOND || life > settings.tokenLifeMaxMillis()) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST,
                    "A token lives for 1 to " + settings.tokenLifeMaxMillis() / SECOND + " seconds.");
        }
        return life;
    }

    /** Makes a token for whoever knows a user's password; {@code unauthorized} otherwise, whatever was wrong. */
    public Fresh login(String name, String password) {
        User user = roll.user(name).orElse(null);
        String hash = user == null ? null : roll.password(user.id()).orElse(null);
        if (!passwords.matches(password, hash) || user == null || user.disabled()) {
            throw new KvsException(ErrorCode.UNAUTHORIZED, "The name or the password is wrong.");
        }
        Fresh fresh = issue(user, "login", Scopes.known(user.scopes()), settings.tokenLifeMillis());
        witness.saw(authenticator.caller(user, Scopes.known(user.scopes())), "login.password", name);
        return fresh;
    }

    /** Makes a token for a user, for whoever owns the node's files. */
    Fresh issue(User user, String label, Scopes scopes, long lifeMillis) {
        long now = time.epochMillis();
        roll.forget(now);
        requireRoom(user);
        // Not before the moment from which on the user's tokens are good again, which may be later in this second.
        long issuedAt = Math.max(Math.floorDiv(now, SECOND) * SECOND, roll.cutoff(user.id()));
        long expiresAt = Math.floorDiv(now + lifeMillis, SECOND) * SECOND;
        IssuedToken issued = new IssuedToken(uuid(), user.id(), label, scopes.names(), issuedAt, expiresAt);
        records.create(Roll.TOKENS + issued.id(), WireJson.write(issued), expiresAt);
        String text = jwt.sign(new Claims(issued.id(), user.id(), scopes, issuedAt, expiresAt));
        return new Fresh(text, issued, user.name());
    }

    /** A token that was revoked by itself is counted until it expires: the roll holds it and its revocation for as long. */
    private void requireRoom(User user) {
        List<IssuedToken> held = roll.tokens();
        if (held.size() >= MOST) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST,
                    "A cluster has " + MOST + " tokens at a time; end all tokens of users who have many.");
        }
        if (held.stream().filter(token -> token.user().equals(user.id())).count() >= MOST_OF_USER) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST,
                    "The user " + user.name() + " has " + MOST_OF_USER
                            + " tokens, revoked ones among them, and can have"
                            + " no more until some expire, or until all are ended: DELETE /auth/tokens?user="
                            + user.name() + ".");
        }
    }

    private UUID uuid() {
        return Uuids.version7(time.epochMillis(), randomness.nextLong(), randomness.nextLong());
    }

    /** The tokens that are good now: the caller's own, or everybody's for an administrator of tokens. The newest first. */
    public List<IssuedToken> tokens(Caller by) {
        roll.forget(time.epochMillis());
        boolean all = by.scopes().cover("admin:tokens:revoke");
        return roll.tokens().stream()
                .filter(token -> all || token.user().equals(by.user()))
                .filter(token -> !roll.isRevoked(token.id()))
                .toList();
    }

    /** One of them. */
    public IssuedToken token(Caller by, UUID id) {
        return tokens(by).stream()
                .filter(token -> token.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new KvsException(ErrorCode.TOKEN_NOT_FOUND, "There is no such token, or no more."));
    }

    /** Whose token it is, for people; the UUID of a user who is gone. */
    public String owner(IssuedToken token) {
        return roll.user(token.user()).map(User::name).orElse(token.user().toString());
    }

    /** Makes a token worthless: here at once, elsewhere as soon as the revocation gets there. */
    public void revoke(Caller by, UUID id) {
        IssuedToken token = token(by, id);
        records.put(Roll.REVOCATIONS + id, WireJson.write(new Expiring(token.expiresAt())), token.expiresAt() + SECOND);
        witness.saw(by, "token.revoke", owner(token) + " " + id);
    }
}
