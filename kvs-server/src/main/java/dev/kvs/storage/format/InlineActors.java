package dev.kvs.storage.format;

import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Origins and stores written out in full. Reading shares one object between neighbouring records of the same origin. */
public final class InlineActors implements Actors {
    private Origin last = new Origin(new StoreId(new UUID(0, 0)), new NodeId("none"), 0);

    @Override
    public void writeOrigin(Encoder out, Origin origin) {
        out.putUuid(origin.store().value())
                .putLong(origin.joinedMillis())
                .putBlock(origin.node().value().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Origin readOrigin(Decoder in) throws DamagedException {
        StoreId store = readStore(in);
        long joined = in.getLong();
        String node = new String(in.getBlock(), StandardCharsets.US_ASCII);
        Origin seen = last;
        if (seen.store().equals(store)
                && seen.joinedMillis() == joined
                && seen.node().value().equals(node)) {
            return seen;
        }
        if (!NodeId.isValid(node)) {
            throw new DamagedException("a version's origin is not a node name");
        }
        last = new Origin(store, new NodeId(node), joined);
        return last;
    }

    @Override
    public void writeStore(Encoder out, StoreId store) {
        out.putUuid(store.value());
    }

    @Override
    public StoreId readStore(Decoder in) throws DamagedException {
        return new StoreId(in.getUuid());
    }
}
