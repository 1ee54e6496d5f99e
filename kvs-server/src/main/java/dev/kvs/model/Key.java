package dev.kvs.model;

import dev.kvs.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * A key: one or more non-empty segments joined by {@code /}, for example {@code users/ada/email}. Unicode NFC, at most
 * 1,024 bytes of UTF-8 in all, ordered by those bytes everywhere.
 *
 * <p>Refused with {@code invalid_key}: empty segments, {@code .} and {@code ..}, control characters, and segments that
 * begin with {@code _}, which are kept for operations such as {@code _history}.
 *
 * <p>A key of the {@link Keyspace#SYSTEM} is a zero byte and a path of the same form. What clients send becomes a key by {@link
 * #of}, which refuses control characters and so can never name one.
 */
public final class Key implements Comparable<Key> {
    /** Longest key in bytes of UTF-8: fits an H2 index page many times over and a URL even when every byte is escaped. */
    public static final int MAX_BYTES = 1024;

    private static final char SYSTEM_MARK = 0;

    private final String text;
    private final byte[] utf8;
    private long hash;

    private Key(String text, byte[] utf8) {
        this.text = text;
        this.utf8 = utf8;
    }

    /** Checks {@code text} and makes it a key; throws {@link KvsException} with {@code invalid_key}. */
    public static Key of(String text) {
        checkSegments(text);
        return checked(text);
    }

    /** As {@link #of}, in the system keyspace, where a key has one byte less. */
    public static Key ofSystem(String path) {
        checkSegments(path);
        return checked(SYSTEM_MARK + path);
    }

    /** A key of either keyspace as {@link #utf8} gives it to other nodes, checked like a client's. */
    public static Key ofPeer(String text) {
        boolean system = !text.isEmpty() && text.charAt(0) == SYSTEM_MARK;
        return system ? ofSystem(text.substring(1)) : of(text);
    }

    private static Key checked(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_BYTES) {
            throw invalid("it has " + utf8.length + " bytes of UTF-8; the limit is " + MAX_BYTES);
        }
        if (utf8.length != text.length() && !Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            throw invalid("it is not in Unicode normal form NFC; normalise it before sending");
        }
        return new Key(text, utf8);
    }

    /** A key from bytes that were a valid key when they were stored. */
    public static Key ofStored(byte[] utf8) {
        return new Key(new String(utf8, StandardCharsets.UTF_8), utf8.clone());
    }

    /** A bound for ranges of keys: any bytes, only to be compared with, never stored. */
    public static Key bound(byte[] bytes) {
        return new Key(new String(bytes, StandardCharsets.ISO_8859_1), bytes);
    }

    private static void checkSegments(String text) {
        if (text.isEmpty()) {
            throw invalid("it is empty");
        }
        int start = 0;
        while (start <= text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            checkSegment(text, start, end);
            start = end + 1;
        }
    }

    private static void checkSegment(String text, int start, int end) {
        if (start == end) {
            throw invalid("it has an empty segment; remove the leading, trailing or doubled slash");
        }
        if (text.charAt(start) == '_') {
            throw invalid("the segment '" + text.substring(start, end)
                    + "' begins with '_', which is kept for operations such as _history");
        }
        if (text.charAt(start) == '.' && (end - start == 1 || (end - start == 2 && text.charAt(start + 1) == '.'))) {
            throw invalid("'.' and '..' cannot be segments");
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw invalid(String.format("it has the control character U+%04X", (int) c));
            }
            if (Character.isSurrogate(c) && !isHalfOfPair(text, i)) {
                throw invalid("it is not valid Unicode: half of a surrogate pair stands alone");
            }
        }
    }

    private static boolean isHalfOfPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static KvsException invalid(String why) {
        return new KvsException(ErrorCode.INVALID_KEY, "The key cannot be used: " + why + ".");
    }

    /** The key's bytes. The caller must not change them: they are shared because every index lookup needs them. */
    public byte[] utf8() {
        return utf8;
    }

    /** Which keyspace the key is of. */
    public Keyspace keyspace() {
        return isSystem() ? Keyspace.SYSTEM : Keyspace.DOCUMENTS;
    }

    /** Whether the key is of the system keyspace. */
    public boolean isSystem() {
        return !text.isEmpty() && text.charAt(0) == SYSTEM_MARK;
    }

    /** The key within its keyspace: the text of a document's key, what follows the mark of a system key. */
    public String path() {
        return isSystem() ? text.substring(1) : text;
    }

    /**
     * The first 8 bytes of the key's SHA-256, big-endian. Its top is the key's place on the hash ring and in the Merkle tree;
     * all of it stands for the key where keys must not be shown.
     */
    public long hash() {
        // Computed when first wanted. Threads that meet here compute the same; a long of 0 is computed again each time.
        long known = hash;
        if (known == 0) {
            known = VersionDigest.prefixOf(VersionDigest.ofBody(utf8));
            hash = known;
        }
        return known;
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(utf8, other.utf8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The smallest bytes greater than those of a key. */
    public static byte[] following(byte[] utf8) {
        return Arrays.copyOf(utf8, utf8.length + 1);
    }

    /** The key as text; of a system key for people only: {@code system:users/ada}. */
    @Override
    public String toString() {
        return isSystem() ? "system:" + path() : text;
    }
}
