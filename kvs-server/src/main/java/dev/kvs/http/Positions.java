package dev.kvs.http;

import dev.kvs.model.Dot;
import dev.kvs.model.StoreId;
import dev.kvs.model.VersionVector;
import dev.kvs.replication.Changes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Positions of a watch as text: the format's number, and in base64url the highest timestamp (8 bytes) and 24 bytes
 * for each store (its id, its sequence). Clients
 * give them back as they are. No position is the empty text, which in an event stream means that there is none.
 */
final class Positions {
    private static final int HLC_BYTES = 8;
    private static final int DOT_BYTES = 24;
    private static final String FORMAT = "1";

    private Positions() {}

    static String write(Changes.Position position) {
        ByteBuffer bytes =
                ByteBuffer.allocate(HLC_BYTES + position.shown().dots().size() * DOT_BYTES);
        bytes.putLong(position.latest());
        for (Dot dot : position.shown().dots()) {
            bytes.putLong(dot.store().value().getMostSignificantBits())
                    .putLong(dot.store().value().getLeastSignificantBits())
                    .putLong(dot.sequence());
        }
        return FORMAT + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The position of a text that {@link #write} gave; empty for any other text. */
    static Optional<Changes.Position> read(String text) {
        if (!text.startsWith(FORMAT)) {
            return Optional.empty();
        }
        List<Dot> dots = new ArrayList<>();
        long latest;
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(FORMAT.length())));
            latest = bytes.getLong();
            while (bytes.hasRemaining()) {
                StoreId store = new StoreId(new UUID(bytes.getLong(), bytes.getLong()));
                long sequence = bytes.getLong();
                if (sequence < 1) {
                    return Optional.empty();
                }
                dots.add(new Dot(store, sequence));
            }
        } catch (IllegalArgumentException | BufferUnderflowException notOurs) {
            return Optional.empty();
        }
        return Optional.of(new Changes.Position(VersionVector.of(dots), latest));
    }
}
