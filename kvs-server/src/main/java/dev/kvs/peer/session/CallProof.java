package dev.kvs.peer.session;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The header of a call: {@code session.counter.mac} in hexadecimal.
 *
 * @param counter from 1
 */
record CallProof(SessionId session, long counter, byte[] mac) {
    private static final int COUNTER_AT = SessionId.HEX_DIGITS + 1;
    private static final int MAC_AT = COUNTER_AT + 2 * Long.BYTES + 1;
    private static final int LENGTH = MAC_AT + 2 * Signer.BYTES;

    String header() {
        HexFormat hex = HexFormat.of();
        return session.hex() + '.' + hex.toHexDigits(counter) + '.' + hex.formatHex(mac);
    }

    /** Reads a header; empty for anything that {@link #header} would not give. */
    static Optional<CallProof> parse(String header) {
        if (header.length() != LENGTH || header.charAt(COUNTER_AT - 1) != '.' || header.charAt(MAC_AT - 1) != '.') {
            return Optional.empty();
        }
        for (int i = 0; i < LENGTH; i++) {
            if (i != COUNTER_AT - 1 && i != MAC_AT - 1 && !isDigit(header.charAt(i))) {
                return Optional.empty();
            }
        }
        SessionId session = new SessionId(number(header, 0), number(header, 2 * Long.BYTES));
        byte[] mac = HexFormat.of().parseHex(header, MAC_AT, LENGTH);
        return Optional.of(new CallProof(session, number(header, COUNTER_AT), mac));
    }

    private static long number(String header, int at) {
        return HexFormat.fromHexDigitsToLong(header, at, at + 2 * Long.BYTES);
    }

    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
