package dev.kvs.http;

import dev.kvs.platform.Randomness;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.HexFormat;

/** Gives every request a name that stands in its answer and in the log. */
final class RequestIds {
    /** The header, ready for use. */
    static final HeaderName HEADER = HeaderNames.create(dev.kvs.wire.Headers.REQUEST_ID);

    private static final int LENGTH_MAX = 64;

    private final Randomness randomness;

    RequestIds(Randomness randomness) {
        this.randomness = randomness;
    }

    /** The caller's own id when it is 1 to 64 visible ASCII characters, otherwise a new one of 16. */
    String of(Headers headers) {
        if (headers.contains(HEADER)) {
            String given = headers.get(HEADER).get();
            if (isSane(given)) {
                return given;
            }
        }
        return next();
    }

    /** A new id. */
    String next() {
        return HexFormat.of().toHexDigits(randomness.nextLong());
    }

    private static boolean isSane(String given) {
        if (given.isEmpty() || given.length() > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < given.length(); i++) {
            if (given.charAt(i) <= ' ' || given.charAt(i) >= 0x7F) {
                return false;
            }
        }
        return true;
    }
}
