package dev.kvs.platform;

import java.util.Arrays;

/** A growing byte array with a size; gaps read as zeros. */
final class SimBytes {
    private byte[] bytes;
    private int size;

    SimBytes() {
        this(new byte[0]);
    }

    SimBytes(byte[] bytes) {
        this.bytes = bytes;
        this.size = bytes.length;
    }

    int size() {
        return size;
    }

    SimBytes copy() {
        return new SimBytes(Arrays.copyOf(bytes, size));
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** The bytes from {@code start} to {@code end}, zeros where there are none; its size is the full range. */
    SimBytes copyOfRange(int start, int end) {
        byte[] range = new byte[end - start];
        if (start < size) {
            System.arraycopy(bytes, start, range, 0, Math.min(size, end) - start);
        }
        return new SimBytes(range);
    }

    int read(int position, byte[] target, int offset, int length) {
        int read = Math.clamp(size - position, 0, length);
        System.arraycopy(bytes, Math.min(position, size), target, offset, read);
        return read;
    }

    void write(int position, byte[] data) {
        extend(position + data.length);
        System.arraycopy(data, 0, bytes, position, data.length);
    }

    void extend(int newSize) {
        if (newSize > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(newSize, Math.min(bytes.length, 1 << 24) + bytes.length));
        }
        size = Math.max(size, newSize);
    }

    void truncate(int newSize) {
        if (newSize < size) {
            Arrays.fill(bytes, newSize, size, (byte) 0);
            size = newSize;
        }
    }

    void flipBit(long bit) {
        int index = Math.toIntExact(bit / 8);
        if (index < size) {
            bytes[index] ^= (byte) (1 << (bit % 8));
        }
    }

    /** Takes only a change's effect on the size; new bytes are zeros. */
    void resizeAs(SimInode.Change change) {
        switch (change) {
            case SimInode.Change.Write write -> extend(write.end());
            case SimInode.Change.Truncate truncate -> truncate(truncate.size());
        }
    }

    /** Applies to these bytes, which begin at {@code start} of a file, the part of a change that falls into them. */
    void applyAt(SimInode.Change change, int start, int length) {
        switch (change) {
            case SimInode.Change.Write write -> {
                int from = Math.max(write.position(), start);
                int to = Math.min(write.end(), start + length);
                if (from < to) {
                    System.arraycopy(write.data(), from - write.position(), bytes, from - start, to - from);
                }
            }
            case SimInode.Change.Truncate truncate ->
                Arrays.fill(bytes, Math.clamp(truncate.size() - (long) start, 0, length), length, (byte) 0);
        }
    }

    /** Copies {@code other} over these bytes from {@code start}, without growing them. */
    void overlay(int start, SimBytes other) {
        if (start < size) {
            System.arraycopy(other.bytes, 0, bytes, start, Math.min(other.size, size - start));
        }
    }
}
