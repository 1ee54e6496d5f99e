package dev.kvs.security;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking.
 *
 * @param name the user's name, for people and for the audit log
 * @param user the user's UUID, by which values name their owner; null for nobody in particular
 * @param groups the UUIDs of the groups the user is in
 * @param scopes what the token he showed is good for
 */
public record Caller(String name, @Nullable UUID user, Set<UUID> groups, Scopes scopes) {
    private static final String NOBODY = "anonymous";

    /** Whoever asks a node that does not ask back: authentication is off, and everything is allowed. */
    public static final Caller UNCHECKED = new Caller(NOBODY, null, Set.of(), Scopes.EVERYTHING);

    /** The node itself, which writes what the cluster knows about itself. */
    public static final Caller NODE = new Caller("node", null, Set.of(), Scopes.EVERYTHING);

    public Caller {
        groups = Set.copyOf(groups);
    }

    /** Somebody without a token. */
    static Caller anonymous(Scopes scopes) {
        return new Caller(NOBODY, null, Set.of(), scopes);
    }

    /** Whether nobody in particular is asking. */
    public boolean isAnonymous() {
        return user == null;
    }
}
