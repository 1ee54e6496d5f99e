package dev.kvs.merkle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the other side answers. On the wire, big-endian:
 *
 * <pre>
 *   summary   1 | epoch 8 | root 8 | keys 8                                     also whenever the epochs differ
 *   children  2 | epoch 8 | count 4 | digest 8 ...                              16 for each node asked for, in order
 *   entries   3 | epoch 8 | cut off 1 | count 2 | leaf ...                      for the first of the leaves asked for
 *   leaf      count 4 | (key hash 8, digest 8, hlc 8) ...                       by key hash, unsigned
 * </pre>
 */
sealed interface MerkleAnswer {
    /** The most entries of one answer: 1.5 MB, within what a node takes from a node at once. */
    int ENTRIES_MAX = 1 << 16;

    /** Kind and epoch. */
    int HEAD_BYTES = Byte.BYTES + Long.BYTES;

    long epoch();

    byte[] encode();

    record Summary(long epoch, long root, long keys) implements MerkleAnswer {
        @Override
        public byte[] encode() {
            byte[] bytes = new byte[HEAD_BYTES + 2 * Long.BYTES];
            head(bytes, MessageKind.SUMMARY, epoch).putLong(root).putLong(keys);
            return bytes;
        }
    }

    record Children(long epoch, long[] digests) implements MerkleAnswer {
        @Override
        public byte[] encode() {
            byte[] bytes = new byte[HEAD_BYTES + Integer.BYTES + digests.length * Long.BYTES];
            ByteBuffer message = head(bytes, MessageKind.CHILDREN, epoch).putInt(digests.length);
            for (long digest : digests) {
                message.putLong(digest);
            }
            return bytes;
        }
    }

    /**
     * Lists what leaves are the sums of.
     *
     * @param cutOff whether the last of the leaves goes on behind its last entry
     * @param leaves at least one
     */
    record Entries(long epoch, boolean cutOff, List<List<LeafEntry>> leaves) implements MerkleAnswer {
        @Override
        public byte[] encode() {
            int entries = leaves.stream().mapToInt(List::size).sum();
            int length = Byte.BYTES + Short.BYTES + leaves.size() * Integer.BYTES + entries * LeafEntry.BYTES;
            byte[] bytes = new byte[HEAD_BYTES + length];
            ByteBuffer message = head(bytes, MessageKind.ENTRIES, epoch);
            message.put((byte) (cutOff ? 1 : 0)).putShort((short) leaves.size());
            for (List<LeafEntry> leaf : leaves) {
                message.putInt(leaf.size());
                for (LeafEntry entry : leaf) {
                    message.putLong(entry.keyHash()).putLong(entry.digest()).putLong(entry.hlc());
                }
            }
            return bytes;
        }
    }

    static MerkleAnswer decode(byte[] body) {
        MessageReader message = new MessageReader(body);
        int kind = message.number8("a kind", MessageKind.ENTRIES);
        long epoch = message.number64("an epoch");
        MerkleAnswer answer = switch (kind) {
            case MessageKind.SUMMARY ->
                new Summary(epoch, message.bits64("a root"), message.number64("a number of keys"));
            case MessageKind.CHILDREN -> new Children(epoch, digests(message));
            case MessageKind.ENTRIES -> new Entries(epoch, message.number8("a flag", 1) == 1, leaves(message));
            default -> throw MessageReader.refused("there is no kind " + kind);
        };
        message.end();
        return answer;
    }

    private static long[] digests(MessageReader message) {
        int most = MerkleRequest.NODES_MAX * MerkleTree.FANOUT;
        long[] digests = new long[message.count32("a number of digests", most, Long.BYTES)];
        for (int i = 0; i < digests.length; i++) {
            digests[i] = message.bits64("a digest");
        }
        return digests;
    }

    private static List<List<LeafEntry>> leaves(MessageReader message) {
        int count = message.number16("a number of leaves", MerkleRequest.NODES_MAX);
        if (count == 0) {
            throw MessageReader.refused("it holds no leaf");
        }
        List<List<LeafEntry>> leaves = new ArrayList<>(count);
        int room = ENTRIES_MAX;
        for (int i = 0; i < count; i++) {
            List<LeafEntry> leaf = leaf(message, room);
            room -= leaf.size();
            leaves.add(leaf);
        }
        return leaves;
    }

    private static List<LeafEntry> leaf(MessageReader message, int room) {
        int count = message.count32("a number of entries", room, LeafEntry.BYTES);
        List<LeafEntry> leaf = new ArrayList<>(count);
        long before = 0;
        for (int i = 0; i < count; i++) {
            long keyHash = message.bits64("a key hash");
            if (Long.compareUnsigned(keyHash, before) < 0) {
                throw MessageReader.refused("the key hashes of a leaf must ascend");
            }
            before = keyHash;
            leaf.add(new LeafEntry(keyHash, message.bits64("a digest"), message.number64("a timestamp")));
        }
        return leaf;
    }

    private static ByteBuffer head(byte[] message, int kind, long epoch) {
        return ByteBuffer.wrap(message).put((byte) kind).putLong(epoch);
    }
}
