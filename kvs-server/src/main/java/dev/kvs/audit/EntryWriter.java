package dev.kvs.audit;

import dev.kvs.model.Conflict;
import dev.kvs.model.Hlc;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects the entries of a block in a buffer that is used again and again. Big-endian:
 *
 * <pre>
 * kind    1, flags 1 (1 key, 2 uuid, 4 digest, 8 detail), millis 8
 * actor   length 1, bytes
 * key     length 2, bytes     uuid 16     digest 32     detail  length 2, bytes      those that the flags name
 * </pre>
 */
final class EntryWriter {
    static final int HAS_KEY = 1;
    static final int HAS_UUID = 2;
    static final int HAS_DIGEST = 4;
    static final int HAS_DETAIL = 8;

    /** Where the time stands in an entry. */
    private static final int MILLIS_AT = 2;

    /** Memory kept between blocks. */
    private static final int KEEP_BYTES = 1 << 18;

    private static final byte[] NONE = {};

    private final int reserved;
    private ByteBuffer bytes = ByteBuffer.allocate(1 << 12);
    private int count;
    private long lastMillis;
    private String lastActor = "";
    private byte[] lastActorBytes = NONE;

    /** A writer that leaves {@code reserved} bytes free before the first entry. */
    EntryWriter(int reserved) {
        this.reserved = reserved;
        clear();
    }

    /** Entries since the last {@link #clear}. */
    int count() {
        return count;
    }

    /** Bytes of the entries. */
    int size() {
        return bytes.position() - reserved;
    }

    /** When the last of them happened, milliseconds since the epoch. */
    long lastMillis() {
        return lastMillis;
    }

    void clear() {
        if (bytes.capacity() > KEEP_BYTES) {
            bytes = ByteBuffer.allocate(KEEP_BYTES);
        }
        bytes.clear().position(reserved);
        count = 0;
    }

    /** The buffer from its beginning, with room for {@code more} bytes behind the entries. */
    ByteBuffer whole(int more) {
        reserve(more);
        return bytes;
    }

    /** The bytes behind {@link #whole}. */
    byte[] array() {
        return bytes.array();
    }

    /** A copy of the entries. */
    byte[] entries() {
        return Arrays.copyOfRange(bytes.array(), reserved, bytes.position());
    }

    /** A write of this node. */
    void add(String actor, Version version) {
        boolean system = version.key().isSystem();
        boolean deleted = version.kind() == Kind.TOMBSTONE;
        EventKind kind = deleted
                ? (system ? EventKind.SYSTEM_DELETE : EventKind.DELETE)
                : (system ? EventKind.SYSTEM_PUT : EventKind.PUT);
        byte[] utf8 = version.key().utf8();
        int mark = system ? 1 : 0;
        begin(kind, HAS_KEY | HAS_UUID | HAS_DIGEST, Hlc.millis(version.hlc()), actor);
        put(utf8, mark, utf8.length - mark);
        put(version.uuid());
        reserve(Hash.BYTES);
        bytes.put(version.digest());
    }

    /** What was found out about concurrent versions of a key. */
    void add(Conflict conflict) {
        Conflict.Closing closing = conflict.closing();
        UUID uuid = closing == null ? conflict.rivals().getFirst().uuid() : closing.by();
        String detail = closing == null
                ? "wins by " + conflict.rule().name().toLowerCase(Locale.ROOT) + " over "
                        + conflict.rivals().get(1).uuid()
                : "has seen all rivals";
        add(new AuditEntry(
                EventKind.CONFLICT,
                closing == null ? conflict.lastMillis() : closing.atMillis(),
                "",
                conflict.key().path(),
                uuid,
                null,
                detail));
    }

    void add(AuditEntry entry) {
        UUID uuid = entry.uuid();
        Hash digest = entry.digest();
        byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
        byte[] detail = cut(entry.detail(), AuditEntry.DETAIL_BYTES_MAX);
        int flags = (key.length > 0 ? HAS_KEY : 0)
                | (uuid == null ? 0 : HAS_UUID)
                | (digest == null ? 0 : HAS_DIGEST)
                | (detail.length > 0 ? HAS_DETAIL : 0);
        begin(entry.kind(), flags, entry.millis(), entry.actor());
        if (key.length > 0) {
            put(key, 0, key.length);
        }
        if (uuid != null) {
            put(uuid);
        }
        if (digest != null) {
            reserve(Hash.BYTES);
            digest.write(bytes);
        }
        if (detail.length > 0) {
            put(detail, 0, detail.length);
        }
    }

    /** An entry that was encoded before, by {@link AuditEntry#encode}. */
    void addEncoded(byte[] encoded) {
        reserve(encoded.length);
        bytes.put(encoded);
        lastMillis = ByteBuffer.wrap(encoded).getLong(MILLIS_AT);
        count++;
    }

    private void begin(EventKind kind, int flags, long millis, String actor) {
        if (!actor.equals(lastActor)) {
            lastActor = actor;
            lastActorBytes = cut(actor, AuditEntry.ACTOR_BYTES_MAX);
        }
        reserve(11 + lastActorBytes.length);
        bytes.put((byte) kind.number()).put((byte) flags).putLong(millis);
        bytes.put((byte) lastActorBytes.length).put(lastActorBytes);
        lastMillis = millis;
        count++;
    }

    private void put(byte[] block, int from, int length) {
        reserve(2 + length);
        bytes.putShort((short) length).put(block, from, length);
    }

    private void put(UUID uuid) {
        reserve(16);
        bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    /** The text in UTF-8, cut at the end of a character. */
    private static byte[] cut(@Nullable String text, int bytesMax) {
        byte[] utf8 = text == null ? NONE : text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= bytesMax) {
            return utf8;
        }
        int end = bytesMax;
        while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(utf8, end);
    }

    private void reserve(int more) {
        if (bytes.remaining() < more) {
            int wanted = Math.addExact(bytes.position(), more);
            ByteBuffer larger = ByteBuffer.allocate(Math.max(wanted, bytes.capacity() + (bytes.capacity() >> 1)));
            bytes = larger.put(bytes.flip());
        }
    }
}
