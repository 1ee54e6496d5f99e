package dev.kvs.model;

import dev.kvs.platform.Check;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One write of one key: immutable, self-contained, and verifiable by its digest. Everything that must never be seen apart
 * from the document (permissions, expiry) is inside.
 */
public final class Version {
    /** {@link #expiresAt()} of a version that does not expire. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int OBJECT_BYTES = 230;

    private final Key key;
    private final UUID uuid;
    private final long hlc;
    private final Origin origin;
    private final long sequence;
    private final VersionVector vector;
    private final long expiresAt;
    private final Kind kind;
    private final Acl acl;
    private final byte @Nullable [] body;
    private final byte @Nullable [] droppedBodyHash;
    private final byte[] digest;

    private Version(Draft draft, byte @Nullable [] body, byte @Nullable [] droppedBodyHash, byte[] digest) {
        this.key = draft.key();
        this.uuid = draft.uuid();
        this.hlc = draft.hlc();
        this.origin = draft.origin();
        this.sequence = draft.sequence();
        this.vector = draft.vector();
        this.expiresAt = draft.expiresAt();
        this.kind = draft.kind();
        this.acl = draft.acl();
        this.body = body;
        this.droppedBodyHash = droppedBodyHash;
        this.digest = digest;
    }

    /** All of a version but its document and digest. */
    public record Draft(
            Key key,
            UUID uuid,
            long hlc,
            Origin origin,
            long sequence,
            VersionVector vector,
            long expiresAt,
            Kind kind,
            Acl acl) {
        public Draft {
            Check.that(hlc >= 0, "timestamps are not negative", hlc);
            Check.that(sequence >= 1, "origin sequences start at 1", sequence);
            Check.that(
                    vector.sequenceOf(origin.store()) >= sequence, "a version's vector contains its own dot", vector);
        }

        /** The version with this document; {@code body} is empty for a tombstone and must not be changed afterwards. */
        public Version seal(byte[] body) {
            return seal(body, VersionDigest.ofBody(body));
        }

        /** As {@link #seal(byte[])}, with the document's hash computed beforehand. */
        public Version seal(byte[] body, byte[] bodyHash) {
            return new Version(this, body, null, VersionDigest.of(this, bodyHash));
        }

        /** The version whose document is gone (it expired) and only its SHA-256 is left. */
        public Version sealWithoutBody(byte[] bodyHash) {
            return new Version(this, null, bodyHash, VersionDigest.of(this, bodyHash));
        }
    }

    public Key key() {
        return key;
    }

    /** Version 7; also the ETag. */
    public UUID uuid() {
        return uuid;
    }

    /** The {@link Hlc} timestamp. */
    public long hlc() {
        return hlc;
    }

    public Origin origin() {
        return origin;
    }

    /** The origin store's sequence number of this write, from 1. */
    public long sequence() {
        return sequence;
    }

    /** This write's dot: its store and sequence. */
    public Dot dot() {
        return new Dot(origin.store(), sequence);
    }

    public VersionVector vector() {
        return vector;
    }

    /** Milliseconds since the epoch from which the value is gone, or {@link #NEVER}. */
    public long expiresAt() {
        return expiresAt;
    }

    public Kind kind() {
        return kind;
    }

    public Acl acl() {
        return acl;
    }

    /** The document as sent; empty for a tombstone, null when it was dropped. The caller must not change the bytes. */
    public byte @Nullable [] body() {
        return body;
    }

    /** SHA-256 of the document, whether it is still there or not. */
    public byte[] bodyHash() {
        if (droppedBodyHash != null) {
            return droppedBodyHash.clone();
        }
        return VersionDigest.ofBody(Check.present(body, "a version has a body or the hash of one"));
    }

    /** 32 bytes of SHA-256 over the whole version. The caller must not change them. */
    public byte[] digest() {
        return digest;
    }

    /** The first 8 bytes of {@link #digest}, never 0: what a Merkle tree adds up. */
    public long digestPrefix() {
        long prefix = VersionDigest.prefixOf(digest);
        return prefix == 0 ? 1 : prefix;
    }

    /** Whether a reader at {@code nowMillis} sees a document: not deleted, not expired. */
    public boolean isLiveAt(long nowMillis) {
        return kind != Kind.TOMBSTONE && body != null && expiresAt > nowMillis;
    }

    /**
     * When nobody needs it any more, milliseconds since the epoch, or {@link #NEVER}: a deletion when it has been kept for long
     * enough, a value when it has expired. Not before its own time: until then nodes whose clocks are right hold it back, and
     * would take what it replaced for current once it is gone elsewhere.
     */
    public long collectableAt(long tombstoneRetentionMillis) {
        return kind == Kind.TOMBSTONE
                ? Hlc.millis(hlc) + tombstoneRetentionMillis
                : Math.max(expiresAt, Hlc.millis(hlc));
    }

    /** This version without its document, for when it has expired. */
    public Version withoutBody() {
        return body == null ? this : draft().sealWithoutBody(VersionDigest.ofBody(body));
    }

    /** All but document and digest. */
    public Draft draft() {
        return new Draft(key, uuid, hlc, origin, sequence, vector, expiresAt, kind, acl);
    }

    /** An upper estimate of the heap this version holds without its key, in bytes; what bounds are counted in. */
    public int footprint() {
        int bodyBytes = body == null ? VersionDigest.BYTES : body.length;
        return OBJECT_BYTES
                + 2 * key.utf8().length
                + bodyBytes
                + 56 * vector.dots().size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version that
                && Arrays.equals(digest, that.digest)
                && (body == null) == (that.body == null);
    }

    @Override
    public int hashCode() {
        return uuid.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + key + " " + uuid + " @" + Hlc.millis(hlc) + " by " + origin.node() + " " + vector;
    }
}
