package dev.kvs.replication.gossip;

import dev.kvs.model.StoreId;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.Store;
import dev.kvs.storage.format.ConflictCodec;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;

/**
 * What a node says of itself: the answer to a push, the head of one, and what travels with probes and gossip.
 *
 * <pre>
 * format 1 byte, store 16, flags 1 byte (1 fetching all winners from a peer just now, 2 collided), held back from 8, knowledge
 * (count, each store 16, sequence)
 * </pre>
 *
 * @param store whose word this is: the one of an emptied disk may come late and says nothing of the new disk
 * @param knowledge what the node has durably
 * @param heldBackFrom the lowest timestamp of what it has and holds back, {@link Long#MAX_VALUE} for nothing: what it knows
 *     and is dated before that stands in its key space
 * @param bootstrapping whether it takes everything from one peer, so that pushing would send the same twice
 * @param collided whether the push had a version of its sender's under whose dot there is another one here
 */
record PushReply(StoreId store, VersionVector knowledge, long heldBackFrom, boolean bootstrapping, boolean collided) {
    private static final int FORMAT = 2;
    private static final int BOOTSTRAPPING = 1;
    private static final int COLLIDED = 2;

    /** What a store can say of itself now. */
    static PushReply of(Store store, boolean bootstrapping) {
        // In this order: what is in the key space by the second look was known at the first.
        VersionVector knowledge = store.feed().knowledge();
        return new PushReply(store.id(), knowledge, store.feed().heldBackFrom(), bootstrapping, false);
    }

    /** The same, as the answer to a push that had a version under a dot that another version has here. */
    PushReply withCollision() {
        return new PushReply(store, knowledge, heldBackFrom, bootstrapping, true);
    }

    byte[] encode() {
        Encoder out = new Encoder(80 + 24 * knowledge.dots().size());
        encode(out);
        return out.toByteArray();
    }

    void encode(Encoder out) {
        out.putByte(FORMAT)
                .putUuid(store.value())
                .putByte((bootstrapping ? BOOTSTRAPPING : 0) | (collided ? COLLIDED : 0))
                .putLong(heldBackFrom);
        ConflictCodec.encodeVector(out, knowledge);
    }

    static PushReply decode(byte[] bytes) {
        try {
            return decode(new Decoder(bytes));
        } catch (DamagedException e) {
            throw VersionWire.refusal(e);
        }
    }

    static PushReply decode(Decoder in) throws DamagedException {
        if (in.getByte() != FORMAT) {
            throw new DamagedException("its format is not " + FORMAT);
        }
        StoreId store = new StoreId(in.getUuid());
        int flags = in.getByte();
        long heldBackFrom = in.getLong();
        return new PushReply(
                store,
                ConflictCodec.decodeVector(in),
                heldBackFrom,
                (flags & BOOTSTRAPPING) != 0,
                (flags & COLLIDED) != 0);
    }
}
