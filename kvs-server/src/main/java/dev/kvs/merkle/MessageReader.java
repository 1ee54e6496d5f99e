package dev.kvs.merkle;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.nio.ByteBuffer;

/** Reads a message of the other side, of which nothing is believed: every number has a range, and nothing may be left over. */
final class MessageReader {
    private final ByteBuffer message;

    MessageReader(byte[] message) {
        this.message = ByteBuffer.wrap(message);
    }

    int number8(String what, int most) {
        need(what, Byte.BYTES);
        return inRange(what, Byte.toUnsignedInt(message.get()), most);
    }

    int number16(String what, int most) {
        need(what, Short.BYTES);
        return inRange(what, Short.toUnsignedInt(message.getShort()), most);
    }

    /** A number of things that follow, {@code bytesEach} long: what is not there is not counted either. */
    int count32(String what, int most, int bytesEach) {
        need(what, Integer.BYTES);
        int count = inRange(what, message.getInt(), most);
        need(what, (long) count * bytesEach);
        return count;
    }

    /** 64 bits of which every value is possible. */
    long bits64(String what) {
        need(what, Long.BYTES);
        return message.getLong();
    }

    long number64(String what) {
        long number = bits64(what);
        if (number < 0) {
            throw refused(what + " must not be negative, and is " + number);
        }
        return number;
    }

    /** {@code count} different places in ascending order, each below {@code end}. */
    int[] ascending(String what, int count, int end) {
        need(what, (long) count * Short.BYTES);
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = number16(what, end - 1);
            if (i > 0 && places[i] <= places[i - 1]) {
                throw refused("each " + what + " must be above the one before, and " + places[i] + " follows "
                        + places[i - 1]);
            }
        }
        return places;
    }

    void end() {
        if (message.hasRemaining()) {
            throw refused(message.remaining() + " bytes too many");
        }
    }

    private void need(String what, long bytes) {
        if (message.remaining() < bytes) {
            throw refused(
                    what + " needs " + bytes + " bytes at " + message.position() + " of " + message.limit() + " bytes");
        }
    }

    private static int inRange(String what, int number, int most) {
        if (number < 0 || number > most) {
            throw refused(what + " must be 0 to " + most + ", and is " + Integer.toUnsignedString(number));
        }
        return number;
    }

    static KvsException refused(String reason) {
        return new KvsException(ErrorCode.INVALID_REQUEST, "The Merkle message is refused: " + reason + ".");
    }
}
