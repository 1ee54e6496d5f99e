package dev.kvs.security;

import dev.kvs.model.Acl;
import dev.kvs.platform.Check;

/**
 * What holds below a prefix where a value's own permissions cannot decide, because there is no value.
 *
 * @param prefix a key; the policy holds for it and for what lies below. Empty for the policy that holds everywhere else
 * @param acl who may create, and who may delete what this node has never seen; read and write bits mean nothing here
 * @param permissions the 12 bits of new values; their owner is who stores them, their group is the policy's
 */
public record Policy(String prefix, Acl acl, int permissions) {
    /** Everybody who may write at all may create. Nobody may delete what he does not see. */
    private static final int OPEN = 0b1000_1000_1000;

    public Policy {
        Check.that(permissions >= 0 && permissions <= 0xFFF, "permissions are 12 bits", permissions);
    }

    /** The policy where no other holds. */
    static Policy everywhere(int permissions) {
        return new Policy("", new Acl(null, null, OPEN), permissions);
    }
}
