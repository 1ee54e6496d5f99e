package dev.kvs.storage;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.model.VersionDigest;
import dev.kvs.model.VersionVector;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write that becomes a version when the log gives it its timestamp and sequence.
 *
 * @param uuid version 7, made by the caller
 * @param seen the vector of what it replaces; its own dot is added
 * @param expiresAt milliseconds since the epoch, or {@link Version#NEVER}
 * @param body the document, empty for a tombstone; must not be changed afterwards
 * @param bodyHash its SHA-256, computed before the log's lock is taken
 * @param replaces the key's newest appended winner, null for a new key
 * @param hlc the exact timestamp to give, or {@link #NOW}; only a verdict and a planted conflict ask for one
 */
public record Proposal(
        Key key,
        UUID uuid,
        Kind kind,
        VersionVector seen,
        long expiresAt,
        Acl acl,
        byte[] body,
        byte[] bodyHash,
        @Nullable Version replaces,
        long hlc) {
    /** {@link #hlc} of what happens now. */
    public static final long NOW = 0;

    private static final byte[] NO_BODY = {};

    public Proposal {
        // Computed here, on the writer's own time, and not under the log's lock.
        long _ = key.hash();
    }

    /** A proposal to store a document under a new key. */
    public static Proposal live(Key key, UUID uuid, VersionVector seen, long expiresAt, Acl acl, byte[] body) {
        return new Proposal(key, uuid, Kind.LIVE, seen, expiresAt, acl, body, VersionDigest.ofBody(body), null, NOW);
    }

    /** A proposal to delete a key that is not here. */
    public static Proposal tombstone(Key key, UUID uuid, VersionVector seen, Acl acl) {
        return new Proposal(
                key, uuid, Kind.TOMBSTONE, seen, Version.NEVER, acl, NO_BODY, VersionDigest.ofBody(NO_BODY), null, NOW);
    }

    /** The same where the key has a winner already. */
    public Proposal replacing(@Nullable Version winner) {
        return new Proposal(key, uuid, kind, seen, expiresAt, acl, body, bodyHash, winner, hlc);
    }

    /** The same with an exact timestamp. */
    public Proposal at(long timestamp) {
        return new Proposal(key, uuid, kind, seen, expiresAt, acl, body, bodyHash, replaces, timestamp);
    }
}
