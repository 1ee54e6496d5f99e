package dev.kvs.http;

import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.wire.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The keys that begin with some characters: {@code users/} is all below {@code users}; empty is all. */
record KeyPrefix(byte[] utf8) {
    /** The prefix that a request names; {@code invalid_parameter}. */
    static KeyPrefix of(QueryParameters query) {
        String text = query.get(Parameters.PREFIX);
        byte[] utf8 = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > Key.MAX_BYTES) {
            throw QueryParameters.invalid(
                    Parameters.PREFIX, "has " + utf8.length + " bytes of UTF-8; the limit is " + Key.MAX_BYTES);
        }
        return new KeyPrefix(utf8);
    }

    boolean holds(Version version) {
        byte[] key = version.key().utf8();
        return key.length >= utf8.length && Arrays.equals(key, 0, utf8.length, utf8, 0, utf8.length);
    }

    /** Where its keys begin; null when at the first. */
    @Nullable
    Key start() {
        return utf8.length == 0 ? null : Key.bound(utf8);
    }

    /** The end of its keys, exclusive; null when behind the last. The last byte of UTF-8 is never 0xFF. */
    @Nullable
    Key end() {
        if (utf8.length == 0) {
            return null;
        }
        byte[] end = utf8.clone();
        end[end.length - 1]++;
        return Key.bound(end);
    }
}
