package dev.kvs.platform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What deleted, replaced and truncated files held: the bytes that freed blocks still hold when the next file gets them.
 * The worst garbage for a log is an older log's valid frame at the very same offset, so that is what this offers first.
 */
final class SimGraveyard {
    private static final int FILES_MAX = 16;
    private static final int FILE_BYTES_MAX = 1 << 18;

    private final Deque<byte[]> files = new ArrayDeque<>();

    SimGraveyard copy() {
        SimGraveyard copy = new SimGraveyard();
        copy.files.addAll(files);
        return copy;
    }

    void bury(SimInode inode) {
        byte[] bytes = inode.current()
                .copyOfRange(0, Math.min(inode.current().size(), FILE_BYTES_MAX))
                .toArray();
        if (bytes.length > 0) {
            files.addLast(bytes);
        }
        if (files.size() > FILES_MAX) {
            files.removeFirst();
        }
    }

    /** What a freed block held that now stands at {@code position} of a file. */
    byte[] stale(int position, int length, RandomGenerator random) {
        byte[] block = new byte[length];
        List<byte[]> reaching = new ArrayList<>(
                files.stream().filter(file -> file.length > position).toList());
        if (reaching.isEmpty() || random.nextInt(4) == 0) {
            random.nextBytes(block);
        } else {
            byte[] file = reaching.get(random.nextInt(reaching.size()));
            System.arraycopy(file, position, block, 0, Math.min(length, file.length - position));
        }
        return block;
    }
}
