package dev.kvs.replication.gossip;

import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Versions for a peer.
 *
 * <pre>
 * word       what the sender says of itself, by {@link PushReply}
 * stretches  count, each: store 16, after, through, versions by {@link VersionWire}
 * strays     versions by {@link VersionWire}
 * </pre>
 *
 * @param word what the sender says of itself; a receiver that is the origin of something it does not know itself finds out here
 * @param stretches versions in the order of their origins, without holes but for what was pruned
 * @param strays versions out of any order
 */
record PushMessage(PushReply word, List<Stretch> stretches, List<Version> strays) {
    /**
     * Everything that a store wrote after one sequence and up to another, as far as it was not pruned.
     *
     * @param versions ascending
     */
    record Stretch(StoreId store, long after, long through, List<Version> versions) {}

    byte[] encode() {
        Encoder out = new Encoder(1 << 12);
        word.encode(out);
        out.putVarint(stretches.size());
        for (Stretch stretch : stretches) {
            out.putUuid(stretch.store.value()).putVarint(stretch.after).putVarint(stretch.through);
            VersionWire.encode(out, stretch.versions);
        }
        VersionWire.encode(out, strays);
        return out.toByteArray();
    }

    static PushMessage decode(byte[] bytes) {
        try {
            Decoder in = new Decoder(bytes);
            PushReply word = PushReply.decode(in);
            List<Stretch> stretches = new ArrayList<>();
            for (int left = in.getLength(); left > 0; left--) {
                stretches.add(stretch(in));
            }
            return new PushMessage(word, stretches, VersionWire.decode(in));
        } catch (DamagedException e) {
            throw VersionWire.refusal(e);
        }
    }

    private static Stretch stretch(Decoder in) throws DamagedException {
        Stretch stretch =
                new Stretch(new StoreId(in.getUuid()), in.getVarint(), in.getVarint(), VersionWire.decode(in));
        long last = stretch.after;
        for (Version version : stretch.versions) {
            if (!version.origin().store().equals(stretch.store) || version.sequence() <= last) {
                throw new DamagedException("a stretch holds what does not belong into it");
            }
            last = version.sequence();
        }
        if (stretch.after < 0 || stretch.through < last) {
            throw new DamagedException("a stretch ends before its last version");
        }
        return stretch;
    }
}
