package dev.kvs.peer.session;

import dev.kvs.platform.Randomness;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The number of a session: 128 random bits, so that nobody guesses one. */
record SessionId(long high, long low) {
    static final int BYTES = 2 * Long.BYTES;
    static final int HEX_DIGITS = 2 * BYTES;

    static SessionId random(Randomness randomness) {
        byte[] bytes = new byte[BYTES];
        randomness.fillSecret(bytes);
        ByteBuffer bits = ByteBuffer.wrap(bytes);
        return new SessionId(bits.getLong(), bits.getLong());
    }

    String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
