package dev.kvs.security;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one caller may do. A value's own bits decide about reading, replacing and deleting it; where there is no value, the
 * policy with the longest prefix decides. What a caller may not read does not exist for him: the answer is the same.
 */
public final class Rights {
    /** Classes of callers, and where their four bits stand. */
    private enum Standing {
        OWNER("the owner's", 8),
        GROUP("the group's", 4),
        OTHERS("the others'", 0);

        private final String whose;
        private final int shift;

        Standing(String whose, int shift) {
            this.whose = whose;
            this.shift = shift;
        }

        private int bits(int permissions) {
            return (permissions >> shift) & 0b1111;
        }
    }

    /** Nobody else could read what nobody in particular has written. */
    private static final int OTHERS_READ_AND_WRITE = 0b0011;

    /** The rights of a node whose authentication is off: everything, and new values belong to nobody. */
    public static final Rights UNCHECKED = of(Caller.UNCHECKED);

    /** The rights of the node itself. */
    public static final Rights NODE = of(Caller.NODE);

    private final Caller caller;
    private final Function<String, Policy> policies;

    /**
     * The rights of a caller.
     *
     * @param policies the policy that holds for a key, given as text
     */
    Rights(Caller caller, Function<String, Policy> policies) {
        this.caller = caller;
        this.policies = policies;
    }

    private static Rights of(Caller caller) {
        Policy everywhere = Policy.everywhere(Acl.DEFAULT_PERMISSIONS);
        return new Rights(caller, _ -> everywhere);
    }

    /** Whose rights these are. */
    public Caller caller() {
        return caller;
    }

    /** Whether nothing is refused, so that nobody needs to look at each value. */
    public boolean areUnlimited() {
        return caller.scopes().isAdmin();
    }

    /** Whether a value with these permissions, its history included, may be shown. */
    public boolean mayRead(Acl acl) {
        return allow(Verb.READ, acl);
    }

    /** Refuses with {@code forbidden} unless a value with these permissions may be replaced. */
    public void requireWrite(Key key, Acl acl) {
        require(allow(Verb.WRITE, acl), key, "write");
    }

    /** Refuses unless a value with these permissions may be patched, which tells something about what it was. */
    public void requirePatch(Key key, Acl acl) {
        requireSight(key, acl);
        requireWrite(key, acl);
    }

    /** Refuses unless a value with these permissions may be deleted. */
    public void requireDelete(Key key, Acl acl) {
        if (!allow(Verb.DELETE, acl)) {
            requireSight(key, acl);
            require(false, key, "delete");
        }
    }

    /**
     * Refuses with {@code not_found} unless a key may be deleted that has no value here, because one may be on its way; gives
     * the permissions of the tombstone.
     *
     * @param remains the permissions of what was there last, null for a key never seen here
     */
    public Acl deleteBlindly(Key key, @Nullable Acl remains) {
        if (remains != null && allow(Verb.DELETE, remains)) {
            return remains;
        }
        if (!allow(Verb.DELETE, policies.apply(key.toString()).acl())) {
            throw KvsException.notFound(key);
        }
        return remains == null ? new Acl(caller.user(), null, Acl.DEFAULT_PERMISSIONS) : remains;
    }

    /** Refuses with {@code not_found} what may not be read: to this caller it does not exist. */
    public void requireSight(Key key, Acl acl) {
        if (!mayRead(acl)) {
            throw KvsException.notFound(key);
        }
    }

    /** Refuses with {@code forbidden} unless a value may be stored where none is; gives the permissions it gets. */
    public Acl create(Key key) {
        if (caller.isAnonymous() && areUnlimited()) {
            return Acl.UNOWNED;
        }
        Policy policy = policies.apply(key.toString());
        require(allow(Verb.CREATE, policy.acl()), key, "write");
        int permissions = policy.permissions() | (caller.isAnonymous() ? OTHERS_READ_AND_WRITE : 0);
        return new Acl(caller.user(), policy.acl().group(), permissions);
    }

    /** Refuses with {@code forbidden} unless the permissions themselves may be changed. */
    public void requireOwner(Key key, Acl acl) {
        requireSight(key, acl);
        boolean owner = caller.user() != null && caller.user().equals(acl.owner());
        boolean writes = caller.scopes().cover(Scopes.WRITE);
        require(areUnlimited() || (owner && writes), key, "change the permissions of");
    }

    private void require(boolean allowed, Key key, String what) {
        if (!allowed) {
            throw new KvsException(
                    ErrorCode.FORBIDDEN,
                    "The " + (caller.isAnonymous() ? "caller without a token" : "user " + caller.name()) + " may not "
                            + what + " " + key + "; 'kvsctl acl check' says why.");
        }
    }

    private boolean allow(Verb verb, Acl acl) {
        if (areUnlimited()) {
            return true;
        }
        return caller.scopes().cover(verb.scope()) && includes(standing(acl).bits(acl.permissions()), verb);
    }

    private static boolean includes(int bits, Verb verb) {
        return (bits & verb.bit()) != 0;
    }

    /** The first class that fits decides, as in POSIX: an owner is not helped by what others may do. */
    private Standing standing(Acl acl) {
        if (caller.user() != null && caller.user().equals(acl.owner())) {
            return Standing.OWNER;
        }
        return acl.group() != null && caller.groups().contains(acl.group()) ? Standing.GROUP : Standing.OTHERS;
    }

    /**
     * Decides as the other methods do, and says which rule it was.
     *
     * @param acl the permissions of the value that is there, null for none
     */
    public Decision explain(Verb verb, Key key, @Nullable Acl acl) {
        if (areUnlimited()) {
            return new Decision(true, "the scope " + Scopes.ADMIN + " passes everything");
        }
        if (!caller.scopes().cover(verb.scope())) {
            return new Decision(false, "the scopes " + caller.scopes() + " lack " + verb.scope());
        }
        if (acl != null && verb != Verb.CREATE) {
            return explain(verb, acl, "");
        }
        if (verb == Verb.READ || verb == Verb.WRITE) {
            return new Decision(false, "there is nothing to " + verb.word());
        }
        Policy policy = policies.apply(key.toString());
        String where = policy.prefix().isEmpty() ? "the default policy: " : "the policy of " + policy.prefix() + ": ";
        return explain(verb, policy.acl(), where);
    }

    private Decision explain(Verb verb, Acl acl, String where) {
        Standing standing = standing(acl);
        int bits = standing.bits(acl.permissions());
        boolean allowed = includes(bits, verb);
        String shown = Integer.toBinaryString(0b1_0000 | bits).substring(1);
        return new Decision(
                allowed, where + standing.whose + " bits " + shown + (allowed ? " include " : " lack ") + verb.word());
    }
}
