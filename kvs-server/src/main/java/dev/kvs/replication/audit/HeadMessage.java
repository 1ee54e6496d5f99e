package dev.kvs.replication.audit;

import dev.kvs.audit.AuditReader.Lookup;
import dev.kvs.audit.Hash;
import dev.kvs.audit.Head;
import dev.kvs.model.KvsException;
import dev.kvs.model.StoreId;
import dev.kvs.platform.Check;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import dev.kvs.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * How nodes tell each other where their chains end. Big-endian, counts 1 byte:
 *
 * <pre>
 * question  format 1, count, each: store 16, block 8     blocks of the asked node's chains that the caller has heard of
 *                     count, each: store 16              chains of the caller's of which it wants to know what was heard
 * answer    format 1, store 16, block 8, hash 32         where the asked node's chain ends
 *                     count, each: status 1 [hash 32]    what those blocks are now
 *                     count, each: store 16, block 8, hash 32     what was heard of those chains
 * </pre>
 */
final class HeadMessage {
    /** Chains of one node that are asked for: each has been renamed once for every time its disk was taken back. */
    static final int CHAINS_MAX = 16;

    private static final int FORMAT = 1;

    private HeadMessage() {}

    /** A block of a chain. */
    record BlockName(StoreId store, long block) {}

    /** What is asked. */
    record Question(List<BlockName> heard, List<StoreId> own) {
        byte[] encode() {
            Encoder out = new Encoder(256).putByte(FORMAT).putByte(heard.size());
            heard.forEach(name -> out.putUuid(name.store().value()).putLong(name.block()));
            out.putByte(own.size());
            own.forEach(store -> out.putUuid(store.value()));
            return out.toByteArray();
        }

        static Question decode(byte[] bytes) {
            try {
                Decoder in = begin(bytes);
                List<BlockName> heard = new ArrayList<>();
                for (int left = count(in); left > 0; left--) {
                    heard.add(new BlockName(new StoreId(in.getUuid()), in.getLong()));
                }
                List<StoreId> own = new ArrayList<>();
                for (int left = count(in); left > 0; left--) {
                    own.add(new StoreId(in.getUuid()));
                }
                return new Question(heard, own);
            } catch (DamagedException e) {
                throw new KvsException(
                        ErrorCode.INVALID_REQUEST,
                        "A question about audit logs cannot be read: " + e.getMessage() + ".");
            }
        }
    }

    /** What is answered. */
    record Answer(Head head, List<Lookup> found, List<Head> heard) {
        byte[] encode() {
            Encoder out = new Encoder(512).putByte(FORMAT);
            put(out, head);
            out.putByte(found.size());
            for (Lookup lookup : found) {
                out.putByte(lookup.status().number());
                if (lookup.status() == Lookup.Status.FOUND) {
                    out.putBytes(Check.present(lookup.hash(), "a block that was found has a hash")
                            .bytes());
                }
            }
            out.putByte(heard.size());
            heard.forEach(one -> put(out, one));
            return out.toByteArray();
        }

        static Answer decode(byte[] bytes) throws DamagedException {
            Decoder in = begin(bytes);
            Head head = readHead(in);
            List<Lookup> found = new ArrayList<>();
            for (int left = count(in); left > 0; left--) {
                int number = in.getByte();
                Lookup.Status status = Lookup.Status.of(number);
                if (status == null) {
                    throw new DamagedException("there is no status " + number);
                }
                found.add(new Lookup(status, status == Lookup.Status.FOUND ? hash(in) : null));
            }
            List<Head> heard = new ArrayList<>();
            for (int left = count(in); left > 0; left--) {
                heard.add(readHead(in));
            }
            return new Answer(head, found, heard);
        }
    }

    private static void put(Encoder out, Head head) {
        out.putUuid(head.store().value())
                .putLong(head.block())
                .putBytes(head.hash().bytes());
    }

    private static Head readHead(Decoder in) throws DamagedException {
        return new Head(new StoreId(in.getUuid()), in.getLong(), hash(in));
    }

    private static Hash hash(Decoder in) throws DamagedException {
        return Hash.of(in.getBytes(32));
    }

    private static Decoder begin(byte[] bytes) throws DamagedException {
        Decoder in = new Decoder(bytes);
        if (in.getByte() != FORMAT) {
            throw new DamagedException("its format is not " + FORMAT);
        }
        return in;
    }

    private static int count(Decoder in) throws DamagedException {
        int count = in.getByte();
        if (count > CHAINS_MAX) {
            throw new DamagedException("it names " + count + " chains, and the limit is " + CHAINS_MAX);
        }
        return count;
    }
}
