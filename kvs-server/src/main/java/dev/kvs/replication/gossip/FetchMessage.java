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
import org.jspecify.annotations.Nullable;

/**
 * Asks a peer for what it has.
 *
 * <pre>
 * keys  1 | count, each: leaf 2, rest 8                   the winners of the keys with these hashes
 * page  2 | part 1, from block                            a page of a {@link Part}
 * </pre>
 */
sealed interface FetchMessage {
    /** What one answer may hold, by count: a peer that asks for more is refused. */
    int MAX_KEYS = 1_000;

    /** What a new node takes over, in the order in which it does so. */
    enum Part {
        /** What waits for its time outside the key space: who takes over what its peer knows must have it too. */
        HELD_BACK(1),
        /** The winners of the system keyspace: a node has its users before it has a document. */
        SYSTEM(2),
        /** All winners, the newest first. */
        NEWEST(3),
        /** The rivals of open conflicts. */
        LOSERS(4);

        private final int number;

        Part(int number) {
            this.number = number;
        }

        /** The part that is taken after this one; null after the last. */
        @Nullable
        Part following() {
            return switch (this) {
                case HELD_BACK -> SYSTEM;
                case SYSTEM -> NEWEST;
                case NEWEST -> LOSERS;
                case LOSERS -> null;
            };
        }

        static Part of(int number) throws DamagedException {
            for (Part part : values()) {
                if (part.number == number) {
                    return part;
                }
            }
            throw new DamagedException("it asks for the unknown part " + number);
        }
    }

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

    /**
     * A page.
     *
     * @param from the {@link Reply#next} of the page before, empty for the first
     */
    record Page(Part part, byte[] from) implements FetchMessage {
        @Override
        public byte[] encode() {
            return new Encoder(64)
                    .putByte(2)
                    .putByte(part.number)
                    .putBlock(from)
                    .toByteArray();
        }
    }

    static FetchMessage decode(byte[] bytes) {
        try {
            Decoder in = new Decoder(bytes);
            return switch (in.getByte()) {
                case 1 -> keys(in);
                case 2 -> new Page(Part.of(in.getByte()), in.getBlock());
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
     * knowledge (count, each store 16, sequence); next block; versions by {@link VersionWire}
     * </pre>
     *
     * @param knowledge what the answering node knew before it read the versions
     * @param next where the next page begins, for {@link Page#from}; empty when there is no more
     */
    record Reply(VersionVector knowledge, byte[] next, List<Version> versions) {
        byte[] encode() {
            Encoder out = new Encoder(1 << 12);
            ConflictCodec.encodeVector(out, knowledge);
            out.putBlock(next);
            VersionWire.encode(out, versions);
            return out.toByteArray();
        }

        static Reply decode(byte[] bytes) {
            try {
                Decoder in = new Decoder(bytes);
                return new Reply(ConflictCodec.decodeVector(in), in.getBlock(), VersionWire.decode(in));
            } catch (DamagedException e) {
                throw VersionWire.refusal(e);
            }
        }
    }
}
