package dev.kvs.http;

/**
 * Finds the first byte that is not valid UTF-8 (RFC 3629): overlong forms, surrogates, code points above U+10FFFF and
 * cut-off sequences included. The JSON parser behind it checks only the shape of a sequence.
 */
final class StrictUtf8 {
    private StrictUtf8() {}

    /** The offset of the first byte that is wrong, or -1 when all are right. */
    static int firstInvalid(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int length = sequenceLength(bytes, i);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /** The length of the sequence that begins at {@code i} with a byte above 0x7F; 0 when it is not valid. */
    private static int sequenceLength(byte[] bytes, int i) {
        int first = bytes[i] & 0xFF;
        if (first >= 0xC2 && first <= 0xDF) {
            return isContinuation(bytes, i + 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            int least = first == 0xE0 ? 0xA0 : 0x80;
            int most = first == 0xED ? 0x9F : 0xBF;
            return isContinuation(bytes, i + 1, least, most) && isContinuation(bytes, i + 2, 0x80, 0xBF) ? 3 : 0;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            int least = first == 0xF0 ? 0x90 : 0x80;
            int most = first == 0xF4 ? 0x8F : 0xBF;
            return isContinuation(bytes, i + 1, least, most)
                            && isContinuation(bytes, i + 2, 0x80, 0xBF)
                            && isContinuation(bytes, i + 3, 0x80, 0xBF)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean isContinuation(byte[] bytes, int at, int least, int most) {
        return at < bytes.length && (bytes[at] & 0xFF) >= least && (bytes[at] & 0xFF) <= most;
    }
}
