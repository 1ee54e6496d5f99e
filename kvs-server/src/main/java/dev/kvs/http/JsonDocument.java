package dev.kvs.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A body that {@link StrictJson} has accepted, as sent.
 *
 * @param bytes the whole body
 * @param wrapped set when it is an object with exactly the members {@code data} and {@code ttl}, and {@code ttl} is a text
 */
record JsonDocument(byte[] bytes, @Nullable Wrapped wrapped) {
    /**
     * Where the wrapped document lies.
     *
     * @param from the offset of the first byte of the value of {@code data}
     * @param to the offset after its last byte
     * @param ttl the text of {@code ttl}, not checked to be a duration
     */
    record Wrapped(int from, int to, String ttl) {
        /** The bytes of {@code data}, verbatim. */
        byte[] slice(byte[] bytes) {
            return Arrays.copyOfRange(bytes, from, to);
        }
    }
}
