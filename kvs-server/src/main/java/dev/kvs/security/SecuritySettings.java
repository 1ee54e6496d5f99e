package dev.kvs.security;

import dev.kvs.platform.Check;

/**
 * What access control needs to know.
 *
 * @param clusterId whom tokens are for
 * @param secret what the key for tokens derives from, the same on all nodes
 * @param previousSecret the secret before, whose tokens are still good; empty for none
 * @param previousClusterId whom its tokens are for
 * @param anonymousRead whether reading needs no token
 * @param anonymousWrite whether writing needs none; deleting always does
 * @param valuePermissions 12 bits of new values where no policy says otherwise
 * @param tokenLifeMillis life of a token when nobody says otherwise
 * @param tokenLifeMaxMillis longest life of a token
 * @param clockSkewMillis how far in the future a token may have been issued, by another node's clock
 */
public record SecuritySettings(
        String clusterId,
        byte[] secret,
        byte[] previousSecret,
        String previousClusterId,
        boolean anonymousRead,
        boolean anonymousWrite,
        int valuePermissions,
        long tokenLifeMillis,
        long tokenLifeMaxMillis,
        long clockSkewMillis) {
    public SecuritySettings {
        Check.that(secret.length >= 16, "a secret has at least 128 bits", secret.length);
        Check.that(tokenLifeMillis <= tokenLifeMaxMillis, "the usual life is within the longest", tokenLifeMillis);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "SecuritySettings[" + clusterId + "]";
    }
}
