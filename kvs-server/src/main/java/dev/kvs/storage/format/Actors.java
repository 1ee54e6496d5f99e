package dev.kvs.storage.format;

import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import java.io.IOException;

/**
 * How the encoding of a version names origins and stores: {@link InlineActors} in full, which makes a log record
 * self-contained; the tables by a small number, because a million rows repeat the same few.
 */
public interface Actors {
    void writeOrigin(Encoder out, Origin origin) throws IOException;

    Origin readOrigin(Decoder in) throws IOException;

    void writeStore(Encoder out, StoreId store) throws IOException;

    StoreId readStore(Decoder in) throws IOException;
}
