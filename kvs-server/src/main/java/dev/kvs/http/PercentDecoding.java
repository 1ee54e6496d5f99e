package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strict decoding of the parts of a request target: visible ASCII, {@code %} with two hexadecimal digits, and together
 * valid UTF-8. Everything else is refused instead of repaired, so that two different targets never mean one key.
 */
final class PercentDecoding {
    private PercentDecoding() {}

    /**
     * Decodes a key's part of the path; {@code invalid_key}. An escaped slash is refused, because servers and proxies do
     * not agree on whether it separates segments.
     */
    static String key(String raw) {
        return isPlain(raw) ? raw : decode(raw, ErrorCode.INVALID_KEY, "The key", true);
    }

    /** Decodes a query parameter's name or value; {@code invalid_parameter}. A {@code +} stands for itself. */
    static String parameter(String raw) {
        if (isPlain(raw)) {
            return raw;
        }
        String text = decode(raw, ErrorCode.INVALID_PARAMETER, "The query", false);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new KvsException(ErrorCode.INVALID_PARAMETER, "The query has a control character.");
        }
        return text;
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '%') {
                return false;
            }
        }
        return true;
    }

    private static String decode(String raw, ErrorCode code, String what, boolean refuseSlash) {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                throw new KvsException(
                        code, what + " has a character that must be percent-encoded as UTF-8, at position " + i + ".");
            }
            if (c != '%') {
                bytes[length++] = (byte) c;
                continue;
            }
            int value = i + 2 < raw.length() ? hex(raw.charAt(i + 1)) << 4 | hex(raw.charAt(i + 2)) : -1;
            if (value < 0) {
                throw new KvsException(
                        code, what + " has a '%' without two hexadecimal digits after it, at position " + i + ".");
            }
            if (value == '/' && refuseSlash) {
                throw new KvsException(
                        code, what + " has an escaped slash at position " + i + "; a slash only separates segments.");
            }
            bytes[length++] = (byte) value;
            i += 2;
        }
        return text(bytes, length, code, what);
    }

    private static String text(byte[] bytes, int length, ErrorCode code, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new KvsException(code, what + " is not valid UTF-8 after its escapes are decoded.");
        }
    }

    /** The value of a hexadecimal digit, or a negative number that stays negative when combined. */
    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : Integer.MIN_VALUE >> 8;
    }
}
