package dev.kvs.storage.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/** A growing byte array to write into; reused from batch to batch. Not safe for concurrent use. */
public final class Encoder {
    private byte[] bytes;
    private int size;

    /** An encoder that begins with room for {@code capacity} bytes. */
    public Encoder(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** Forgets what was written; gives memory back when one large batch had grown the array beyond {@code keep} bytes. */
    public void clear(int keep) {
        size = 0;
        if (bytes.length > keep) {
            bytes = new byte[keep];
        }
    }

    public Encoder putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public Encoder putShort(int value) {
        reserve(2);
        bytes[size++] = (byte) (value >>> 8);
        bytes[size++] = (byte) value;
        return this;
    }

    public Encoder putInt(int value) {
        reserve(4);
        setInt(size, value);
        size += 4;
        return this;
    }

    public Encoder putLong(long value) {
        return putInt((int) (value >>> 32)).putInt((int) value);
    }

    /** An unsigned LEB128 number: 1 byte below 128, 10 at most. */
    public Encoder putVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    public Encoder putUuid(UUID value) {
        return putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    /** The bytes alone; the reader must know how many there are. */
    public Encoder putBytes(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** A length and the bytes. */
    public Encoder putBlock(byte[] value) {
        return putVarint(value.length).putBytes(value);
    }

    /** Overwrites four bytes that were written before. */
    public void setInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    /** A view of what was written, valid until the next change. */
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length + (bytes.length >> 1)));
        }
    }
}
