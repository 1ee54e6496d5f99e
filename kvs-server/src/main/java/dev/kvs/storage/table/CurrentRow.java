package dev.kvs.storage.table;

import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import java.nio.ByteBuffer;

/**
 * What is known of a key's winner without reading it, and the list of kept revisions.
 *
 * <pre>
 * kind 1, winner's place 8, hlc 8, expiry 8; then the {@link History}
 * </pre>
 *
 * @param winner the winner's place
 * @param hlc the winner's timestamp
 * @param expiresAt milliseconds since the epoch, {@link dev.kvs.model.Version#NEVER}, or {@link KeyRow#DROPPED}
 */
record CurrentRow(Kind kind, long winner, long hlc, long expiresAt, History history) {
    private static final int KIND_BYTES = 1;
    private static final int HEAD_BYTES = KIND_BYTES + 3 * Long.BYTES;

    byte[] encode() {
        Encoder out = new Encoder(HEAD_BYTES + history.places().length * Long.BYTES + 8);
        out.putByte(kind.number()).putLong(winner).putLong(hlc).putLong(expiresAt);
        history.encode(out);
        return out.toByteArray();
    }

    static CurrentRow decode(byte[] row) throws DamagedException {
        Decoder in = new Decoder(row);
        Kind kind = Kind.of(in.getByte());
        return new CurrentRow(kind, in.getLong(), in.getLong(), in.getLong(), History.decode(in));
    }

    /** The winner's place in a row. */
    static long winnerOf(byte[] row) {
        return ByteBuffer.wrap(row).getLong(KIND_BYTES);
    }

    /** A row without its history. */
    static KeyRow keyRow(byte[] key, byte[] row) throws DamagedException {
        Decoder in = new Decoder(row);
        Kind kind = Kind.of(in.getByte());
        return new KeyRow(Key.ofStored(key), in.getLong(), in.getLong(), kind, in.getLong());
    }

    /** The same when the document of the winner is gone. */
    CurrentRow hidden() {
        return new CurrentRow(kind, winner, hlc, KeyRow.DROPPED, history);
    }
}
