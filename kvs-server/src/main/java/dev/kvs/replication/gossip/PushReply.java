package dev.kvs.replication.gossip;

import dev.kvs.model.StoreId;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.format.ConflictCodec;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;

/**
 * What a node says of itself: the answer to a push, and what travels with probes and gossip.
 *
 * <pre>
 * format 1 byte, store 16, flags 1 byte (1 fetching all winners from a peer just now), knowledge (count, each store 16,
 * sequence)
 * </pre>
 *
 * @param store whose word this is: the one of an emptied disk may come late and says nothing of the new disk
 * @param knowledge what the node has durably
 * @param bootstrapping whether it takes everything from one peer, so that pushing would send the same twice
 */
record PushReply(StoreId store, VersionVector knowledge, boolean bootstrapping) {
    private static final int FORMAT = 1;

    byte[] encode() {
        Encoder out = new Encoder(80 + 24 * knowledge.dots().size());
        out.putByte(FORMAT).putUuid(store.value()).putByte(bootstrapping ? 1 : 0);
        ConflictCodec.encodeVector(out, knowledge);
        return out.toByteArray();
    }

    static PushReply decode(byte[] bytes) {
        try {
            Decoder in = new Decoder(bytes);
            if (in.getByte() != FORMAT) {
                throw new DamagedException("its format is not " + FORMAT);
            }
            StoreId store = new StoreId(in.getUuid());
            boolean bootstrapping = in.getByte() == 1;
            return new PushReply(store, ConflictCodec.decodeVector(in), bootstrapping);
        } catch (DamagedException e) {
            throw VersionWire.refusal(e);
        }
    }
}
