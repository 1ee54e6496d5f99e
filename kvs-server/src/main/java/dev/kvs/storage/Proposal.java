package dev.kvs.storage;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.model.VersionDigest;
import dev.kvs.model.VersionVector;
import java.util.UUID;

/**
 * A write that becomes a version when the log gives it its timestamp and sequence.
 *
 * @param uuid version 7, made by the caller
 * @param seen the vector of what it replaces; its own dot is added
 * @param expiresAt milliseconds since the epoch, or {@link Version#NEVER}
 * @param body the document, empty for a tombstone; must not be changed afterwards
 * @param bodyHash its SHA-256, computed before the log's lock is taken
 */
public record Proposal(
        Key key, UUID uuid, Kind kind, VersionVector seen, long expiresAt, Acl acl, byte[] body, byte[] bodyHash) {
    private static final byte[] NO_BODY = {};

    /** A proposal to store a document. */
    public static Proposal live(Key key, UUID uuid, VersionVector seen, long expiresAt, Acl acl, byte[] body) {
        return new Proposal(key, uuid, Kind.LIVE, seen, expiresAt, acl, body, VersionDigest.ofBody(body));
    }

    /** A proposal to delete a key. */
    public static Proposal tombstone(Key key, UUID uuid, VersionVector seen, Acl acl) {
        return new Proposal(
                key, uuid, Kind.TOMBSTONE, seen, Version.NEVER, acl, NO_BODY, VersionDigest.ofBody(NO_BODY));
    }
}
