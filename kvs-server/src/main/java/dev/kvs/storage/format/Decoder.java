package dev.kvs.storage.format;

import java.util.Arrays;
import java.util.UUID;

/** Reads what {@link Encoder} wrote; every step past the end or out of range is a {@link DamagedException}. */
public final class Decoder {
    private final byte[] bytes;
    private final int end;
    private int at;

    /** Reads all of {@code bytes}. */
    public Decoder(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Reads {@code length} bytes from {@code start}. */
    public Decoder(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.at = start;
        this.end = start + length;
    }

    /** Bytes not yet read. */
    public int remaining() {
        return end - at;
    }

    public int getByte() throws DamagedException {
        require(1);
        return bytes[at++] & 0xFF;
    }

    public int getShort() throws DamagedException {
        return (getByte() << 8) | getByte();
    }

    public int getInt() throws DamagedException {
        return (getShort() << 16) | getShort();
    }

    public long getLong() throws DamagedException {
        return ((long) getInt() << 32) | (getInt() & 0xFFFF_FFFFL);
    }

    public long getVarint() throws DamagedException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = getByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new DamagedException("a number runs past ten bytes");
    }

    public UUID getUuid() throws DamagedException {
        return new UUID(getLong(), getLong());
    }

    public byte[] getBytes(int count) throws DamagedException {
        require(count);
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    /** A length and the bytes. */
    public byte[] getBlock() throws DamagedException {
        return getBytes(getLength());
    }

    /** A length that the remaining bytes can still hold. */
    public int getLength() throws DamagedException {
        long length = getVarint();
        if (length < 0 || length > remaining()) {
            throw new DamagedException("a length of " + length + " where " + remaining() + " bytes are left");
        }
        return (int) length;
    }

    private void require(int count) throws DamagedException {
        if (count < 0 || count > end - at) {
            throw new DamagedException("a field of " + count + " bytes where " + (end - at) + " are left");
        }
    }
}
