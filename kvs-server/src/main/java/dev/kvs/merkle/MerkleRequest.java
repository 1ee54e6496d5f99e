package dev.kvs.merkle;

import java.nio.ByteBuffer;

/**
 * What the comparing side asks. On the wire, big-endian:
 *
 * <pre>
 *   summary   1 | epoch 8 | root 8 | keys 8                                     25 bytes
 *   children  2 | epoch 8 | level 1 | count 2 | index 2 ...                     of inner nodes of one level, ascending
 *   entries   3 | epoch 8 | from key hash 8 | count 2 | leaf 2 ...              ascending
 * </pre>
 */
public sealed interface MerkleRequest {
    /**
     * The most nodes of one request, because that is how many inner nodes the lowest such level has. Its answer has 512 KB.
     */
    int NODES_MAX = 4096;

    /**
     * The epoch that the comparing side's tree stands at, 0 or more: hours, as far as this package cares not at all. Who
     * answers brings its own tree to this epoch first when it is the later one and believable.
     */
    long epoch();

    /** The bytes to send. */
    byte[] encode();

    /** Says what its tree amounts to, and asks for the same. */
    record Summary(long epoch, long root, long keys) implements MerkleRequest {
        @Override
        public byte[] encode() {
            return head(MessageKind.SUMMARY, epoch, 2 * Long.BYTES)
                    .putLong(root)
                    .putLong(keys)
                    .array();
        }
    }

    /**
     * Asks for the 16 digests below each of some inner nodes.
     *
     * @param level of the nodes themselves, 0 to 3
     */
    record Children(long epoch, int level, int[] nodes) implements MerkleRequest {
        @Override
        public byte[] encode() {
            ByteBuffer message =
                    head(MessageKind.CHILDREN, epoch, Byte.BYTES + Short.BYTES + nodes.length * Short.BYTES);
            return put(message.put((byte) level), nodes).array();
        }
    }

    /**
     * Asks for what some leaves are the sums of.
     *
     * @param fromKeyHash where to begin in the first of them, when an answer before could not hold all of it; else 0
     */
    record Entries(long epoch, long fromKeyHash, int[] leaves) implements MerkleRequest {
        @Override
        public byte[] encode() {
            ByteBuffer message =
                    head(MessageKind.ENTRIES, epoch, Long.BYTES + Short.BYTES + leaves.length * Short.BYTES);
            return put(message.putLong(fromKeyHash), leaves).array();
        }
    }

    /** Reads a request; {@code invalid_request} for anything that {@link #encode} would not write. */
    static MerkleRequest decode(byte[] body) {
        MessageReader message = new MessageReader(body);
        int kind = message.number8("a kind", MessageKind.ENTRIES);
        long epoch = message.number64("an epoch");
        MerkleRequest request = switch (kind) {
            case MessageKind.SUMMARY ->
                new Summary(epoch, message.bits64("a root"), message.number64("a number of keys"));
            case MessageKind.CHILDREN -> {
                int level = message.number8("a level", MerkleTree.LEVELS - 1);
                yield new Children(epoch, level, places(message, "node", MerkleTree.nodesOf(level)));
            }
            case MessageKind.ENTRIES ->
                new Entries(epoch, message.bits64("a key hash"), places(message, "leaf", MerkleTree.LEAVES));
            default -> throw MessageReader.refused("there is no kind " + kind);
        };
        message.end();
        return request;
    }

    private static int[] places(MessageReader message, String what, int end) {
        int count = message.number16("a number of places", NODES_MAX);
        if (count == 0) {
            throw MessageReader.refused("it names no " + what);
        }
        return message.ascending(what, count, end);
    }

    private static ByteBuffer head(int kind, long epoch, int bytes) {
        return ByteBuffer.allocate(Byte.BYTES + Long.BYTES + bytes)
                .put((byte) kind)
                .putLong(epoch);
    }

    private static ByteBuffer put(ByteBuffer message, int[] places) {
        message.putShort((short) places.length);
        for (int place : places) {
            message.putShort((short) place);
        }
        return message;
    }
}
