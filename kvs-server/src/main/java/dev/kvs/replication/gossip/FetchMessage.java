package dev.kvs.replication.gossip;

import dev.kvs.merkle.KeyHash;
import dev.kvs.merkle.MerkleTree;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.format.ConflictCodec;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a peer for current winners.
 *
 * <pre>
 * keys  1 | count, each: leaf 2, rest 8                   the keys with these hashes
 * page  2 | timestamp 8, limit                            the newest below this timestamp
 * </pre>
 */
sealed interface FetchMessage {
    /** What one answer may hold, by count: a peer that asks for more gets the first. */
    int MAX_KEYS = 1_000;

    int MAX_PAGE = 4_000;

    byte[] encode();

    /** The winners of keys of which only the hashes are known. */
    record Keys(List<KeyHash> hashes) implements FetchMessage {
        @Override
        public byte[] encode() {
            Encoder out = new Encoder(10 * hashes.size() + 8);
            out.putByte(1).putVarint(hashes.size());
            hashes.forEach(hash -> out.putShort(hash.leaf()).putLong(hash.rest()));
            return out.toByteArray();
        }
    }

    /** A page of all winners, from new to old; {@link Long#MAX_VALUE} for the first. */
    record Page(long below, int limit) implements FetchMessage {
        @Override
        public byte[] encode() {
            return new Encoder(16).putByte(2).putLong(below).putVarint(limit).toByteArray();
        }
    }

    static FetchMessage decode(byte[] bytes) {
        try {
            Decoder in = new Decoder(bytes);
            return switch (in.getByte()) {
                case 1 -> keys(in);
                case 2 -> new Page(in.getLong(), (int) Math.clamp(in.getVarint(), 1L, MAX_PAGE));
                default -> throw new DamagedException("it asks for something unknown");
            };
        } catch (DamagedException e) {
            throw VersionWire.refusal(e);
        }
    }

    private static Keys keys(Decoder in) throws DamagedException {
        int count = in.getLength();
        if (count > MAX_KEYS) {
            throw new DamagedException("it asks for " + count + " keys; the limit is " + MAX_KEYS);
        }
        List<KeyHash> hashes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hashes.add(new KeyHash(in.getShort() & (MerkleTree.LEAVES - 1), in.getLong()));
        }
        return new Keys(hashes);
    }

    /**
     * The answer to both.
     *
     * <pre>
     * knowledge (count, each store 16, sequence); next 8; versions by {@link VersionWire}
     * </pre>
     *
     * @param knowledge what the answering node knew before it read the versions
     * @param next the timestamp to go on below; {@link Long#MIN_VALUE} when there is no more
     */
    record Reply(VersionVector knowledge, long next, List<Version> versions) {
        byte[] encode() {
            Encoder out = new Encoder(1 << 12);
            ConflictCodec.encodeVector(out, knowledge);
            out.putLong(next);
            VersionWire.encode(out, versions);
            return out.toByteArray();
        }

        static Reply decode(byte[] bytes) {
            try {
                Decoder in = new Decoder(bytes);
                return new Reply(ConflictCodec.decodeVector(in), in.getLong(), VersionWire.decode(in));
            } catch (DamagedException e) {
                throw VersionWire.refusal(e);
            }
        }
    }
}
