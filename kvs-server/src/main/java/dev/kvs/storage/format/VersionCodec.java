package dev.kvs.storage.format;

import dev.kvs.model.Acl;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionDigest;
import dev.kvs.model.VersionVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one encoding of a version, without its key and timestamp (the log writes them before it, the tables have columns).
 *
 * <pre>
 * flags    1   bits 0-1 kind, 2 expiry, 3 ACL, 4 the vector is just the own dot, 5-6 body: 0 plain, 1 zstd, 2 dropped
 * uuid    16
 * origin   n   by {@link Actors}
 * sequence varint
 * vector       varint count, then (store by {@link Actors}, varint sequence) each; absent with flag 4
 * expiry   8   milliseconds since the epoch; absent without flag 2
 * acl      n   flags (1 owner, 2 group), [owner 16], [group 16], permissions 2; absent without flag 3
 * digest  32   SHA-256 of the version; checked on every read
 * body         plain: the rest; zstd: varint length, the rest; dropped: 32 bytes of the body's SHA-256
 * </pre>
 */
public final class VersionCodec {
    private static final int KIND_MASK = 0x03;
    private static final int HAS_EXPIRY = 0x04;
    private static final int HAS_ACL = 0x08;
    private static final int OWN_DOT_ONLY = 0x10;
    private static final int BODY_ZSTD = 0x20;
    private static final int BODY_DROPPED = 0x40;
    private static final int KNOWN_FLAGS = 0x7F;
    private static final int MAX_DOTS = 65_536;

    private VersionCodec() {}

    /** Appends a version; {@code compression} decides about its document. */
    public static void encode(Encoder out, Version version, Actors actors, BodyCompression compression)
            throws IOException {
        byte[] body = version.body();
        byte[] packed = body == null ? null : compression.pack(body);
        boolean ownDotOnly = hasOwnDotOnly(version);
        int flags = version.kind().number();
        flags |= version.expiresAt() != Version.NEVER ? HAS_EXPIRY : 0;
        flags |= version.acl().equals(Acl.UNOWNED) ? 0 : HAS_ACL;
        flags |= ownDotOnly ? OWN_DOT_ONLY : 0;
        flags |= body == null ? BODY_DROPPED : packed == null ? 0 : BODY_ZSTD;
        out.putByte(flags).putUuid(version.uuid());
        actors.writeOrigin(out, version.origin());
        out.putVarint(version.sequence());
        if (!ownDotOnly) {
            encodeVector(out, version.vector(), actors);
        }
        if (version.expiresAt() != Version.NEVER) {
            out.putLong(version.expiresAt());
        }
        if ((flags & HAS_ACL) != 0) {
            encodeAcl(out, version.acl());
        }
        out.putBytes(version.digest());
        if (body == null) {
            out.putBytes(version.bodyHash());
        } else if (packed == null) {
            out.putBytes(body);
        } else {
            out.putVarint(body.length).putBytes(packed);
        }
    }

    /** Reads a version to the end of {@code in} and checks its digest. */
    public static Version decode(Decoder in, Key key, long hlc, Actors actors) throws IOException {
        int flags = in.getByte();
        if ((flags & ~KNOWN_FLAGS) != 0 || (flags & KIND_MASK) == 0) {
            throw new DamagedException("a version of " + key + " has the unknown flags " + flags);
        }
        UUID uuid = in.getUuid();
        Origin origin = actors.readOrigin(in);
        long sequence = in.getVarint();
        VersionVector vector = (flags & OWN_DOT_ONLY) != 0
                ? VersionVector.of(List.of(new Dot(origin.store(), sequence)))
                : decodeVector(in, actors);
        long expiresAt = (flags & HAS_EXPIRY) != 0 ? in.getLong() : Version.NEVER;
        Acl acl = (flags & HAS_ACL) != 0 ? decodeAcl(in) : Acl.UNOWNED;
        byte[] digest = in.getBytes(VersionDigest.BYTES);
        if (hlc < 0 || sequence < 1 || vector.sequenceOf(origin.store()) < sequence) {
            throw new DamagedException("the version " + uuid + " of " + key + " contradicts itself");
        }
        Version.Draft draft =
                new Version.Draft(key, uuid, hlc, origin, sequence, vector, expiresAt, Kind.of(flags & KIND_MASK), acl);
        Version version = decodeBody(in, flags, draft);
        if (!Arrays.equals(digest, version.digest())) {
            throw new DamagedException(
                    "the version " + uuid + " of " + key + " does not have the digest it was" + " stored with");
        }
        return version;
    }

    private static boolean hasOwnDotOnly(Version version) {
        List<Dot> dots = version.vector().dots();
        return dots.size() == 1
                && dots.getFirst().sequence() == version.sequence()
                && dots.getFirst().store().equals(version.origin().store());
    }

    private static Version decodeBody(Decoder in, int flags, Version.Draft draft) throws DamagedException {
        if ((flags & BODY_DROPPED) != 0) {
            return draft.sealWithoutBody(in.getBytes(VersionDigest.BYTES));
        }
        if ((flags & BODY_ZSTD) != 0) {
            int length = Math.toIntExact(in.getVarint());
            return draft.seal(BodyCompression.unpack(in.getBytes(in.remaining()), length));
        }
        return draft.seal(in.getBytes(in.remaining()));
    }

    private static void encodeVector(Encoder out, VersionVector vector, Actors actors) throws IOException {
        out.putVarint(vector.dots().size());
        for (Dot dot : vector.dots()) {
            actors.writeStore(out, dot.store());
            out.putVarint(dot.sequence());
        }
    }

    private static VersionVector decodeVector(Decoder in, Actors actors) throws IOException {
        int count = in.getLength();
        if (count > MAX_DOTS) {
            throw new DamagedException("a version vector of " + count + " stores");
        }
        List<Dot> dots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            StoreId store = actors.readStore(in);
            dots.add(new Dot(store, in.getVarint()));
        }
        return VersionVector.of(dots);
    }

    private static void encodeAcl(Encoder out, Acl acl) {
        out.putByte((acl.owner() == null ? 0 : 1) | (acl.group() == null ? 0 : 2));
        putIfPresent(out, acl.owner());
        putIfPresent(out, acl.group());
        out.putShort(acl.permissions());
    }

    private static Acl decodeAcl(Decoder in) throws DamagedException {
        int present = in.getByte();
        if (present > 3) {
            throw new DamagedException("an ACL has the unknown flags " + present);
        }
        UUID owner = (present & 1) != 0 ? in.getUuid() : null;
        UUID group = (present & 2) != 0 ? in.getUuid() : null;
        return new Acl(owner, group, in.getShort());
    }

    private static void putIfPresent(Encoder out, @Nullable UUID uuid) {
        if (uuid != null) {
            out.putUuid(uuid);
        }
    }
}
