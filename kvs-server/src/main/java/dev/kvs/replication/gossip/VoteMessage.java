package dev.kvs.replication.gossip;

import dev.kvs.model.Key;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks a member which of two rivals it stored first.
 *
 * <pre>
 * question  format 1 byte, key block, uuid 16, uuid 16
 * answer    0, or 1 and the uuid 16
 * </pre>
 */
record VoteMessage(Key key, UUID one, UUID other) {
    private static final int FORMAT = 1;

    byte[] encode() {
        return new Encoder(128)
                .putByte(FORMAT)
                .putBlock(key.utf8())
                .putUuid(one)
                .putUuid(other)
                .toByteArray();
    }

    static VoteMessage decode(byte[] bytes) {
        try {
            Decoder in = new Decoder(bytes);
            if (in.getByte() != FORMAT) {
                throw new DamagedException("its format is not " + FORMAT);
            }
            return new VoteMessage(
                    Key.ofPeer(new String(in.getBlock(), StandardCharsets.UTF_8)), in.getUuid(), in.getUuid());
        } catch (DamagedException e) {
            throw VersionWire.refusal(e);
        }
    }

    static byte[] answer(@Nullable UUID choice) {
        Encoder out = new Encoder(17).putByte(choice == null ? 0 : 1);
        return (choice == null ? out : out.putUuid(choice)).toByteArray();
    }

    /** The choice, null for neither; another uuid than the two asked for counts as neither. */
    @Nullable
    UUID choiceIn(byte[] answer) {
        try {
            Decoder in = new Decoder(answer);
            UUID choice = in.getByte() == 0 ? null : in.getUuid();
            return one.equals(choice) || other.equals(choice) ? choice : null;
        } catch (DamagedException e) {
            return null;
        }
    }
}
