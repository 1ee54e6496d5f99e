package dev.kvs.replication.gossip;

import dev.kvs.model.Keyspace;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import java.util.EnumMap;
import java.util.Map;

/**
 * One step of comparing two nodes: the steps of both keyspaces' trees side by side, so that equal nodes are known to be equal
 * after one exchange. Question and answer have the same form; an answer has the parts of its question.
 *
 * <pre>
 * format 1 byte; parts 1, each: keyspace 1, message block of {@link dev.kvs.merkle}
 * </pre>
 *
 * @param parts one or two, in the order of {@link Keyspace}
 */
record MerkleMessage(Map<Keyspace, byte[]> parts) {
    /** Above the kinds of a message of {@link dev.kvs.merkle}, for which it cannot be taken. */
    private static final int FORMAT = 0x11;

    byte[] encode() {
        Encoder out = new Encoder(256).putByte(FORMAT).putByte(parts.size());
        new EnumMap<>(parts)
                .forEach((keyspace, message) -> out.putByte(keyspace.number()).putBlock(message));
        return out.toByteArray();
    }

    static MerkleMessage decode(byte[] bytes) {
        try {
            Decoder in = new Decoder(bytes);
            if (in.getByte() != FORMAT) {
                throw new DamagedException("its format is not " + FORMAT);
            }
            Map<Keyspace, byte[]> parts = new EnumMap<>(Keyspace.class);
            int count = in.getByte();
            int least = 0;
            for (int i = 0; i < count; i++) {
                Keyspace keyspace = keyspace(in.getByte(), least);
                least = keyspace.number() + 1;
                parts.put(keyspace, in.getBlock());
            }
            if (parts.isEmpty() || in.remaining() > 0) {
                throw new DamagedException("it has " + count + " parts and " + in.remaining() + " bytes behind them");
            }
            return new MerkleMessage(parts);
        } catch (DamagedException e) {
            throw VersionWire.refusal(e);
        }
    }

    private static Keyspace keyspace(int number, int least) throws DamagedException {
        for (Keyspace keyspace : Keyspace.values()) {
            if (keyspace.number() == number && number >= least) {
                return keyspace;
            }
        }
        throw new DamagedException("it names the keyspace " + number + " where that cannot be");
    }
}
