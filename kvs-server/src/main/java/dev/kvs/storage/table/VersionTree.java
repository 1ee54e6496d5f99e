package dev.kvs.storage.table;

import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import dev.kvs.storage.format.VersionCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Every version once, at the place that its origin and its sequence there give, so new ones go to one end an origin and a push
 * stream reads what follows a sequence in one stretch. The timeline beside it finds versions by their timestamp.
 *
 * <pre>
 * versions  place -> hlc 8, varint length and bytes of the key, the version by {@link VersionCodec}
 * timeline  hlc   -> the places of that timestamp, 8 bytes each, ascending; nearly always one
 * </pre>
 */
final class VersionTree {
    private final MVMap<Long, byte[]> versions;
    private final MVMap<Long, byte[]> timeline;

    VersionTree(MVMap<Long, byte[]> versions, MVMap<Long, byte[]> timeline) {
        this.versions = versions;
        this.timeline = timeline;
    }

    /** Writes what a row begins with; the version follows. */
    static void encodeHead(Encoder out, Version version) {
        out.putLong(version.hlc()).putBlock(version.key().utf8());
    }

    static Version decode(byte[] row, ActorTable actors) throws IOException {
        return decode(row, null, actors);
    }

    /** The version of a row, with the key that the caller may have at hand. */
    static Version decode(byte[] row, @Nullable Key known, ActorTable actors) throws IOException {
        Decoder in = new Decoder(row);
        long hlc = in.getLong();
        byte[] key = in.getBlock();
        return VersionCodec.decode(in, known == null ? Key.ofStored(key) : known, hlc, actors);
    }

    /** The key of a row. */
    static byte[] keyOf(byte[] row) throws IOException {
        Decoder in = new Decoder(row, Long.BYTES, row.length - Long.BYTES);
        return in.getBlock();
    }

    byte @Nullable [] get(long place) {
        return versions.get(place);
    }

    boolean contains(long place) {
        return versions.containsKey(place);
    }

    /** The highest place up to one, or null. */
    @Nullable
    Long floor(long place) {
        return versions.floorKey(place);
    }

    /** Places from one to another, both included. */
    Cursor<Long, byte[]> between(long first, long last) {
        return versions.cursor(first, last, false);
    }

    /** Timestamps from one downwards, each with its places. */
    Cursor<Long, byte[]> backFrom(long hlc) {
        return timeline.cursor(hlc, null, true);
    }

    /** Adds a version; false when its place is taken. */
    boolean add(long place, long hlc, byte[] row) {
        if (versions.putIfAbsent(place, row) != null) {
            return false;
        }
        byte[] others = timeline.putIfAbsent(hlc, encode(place));
        if (others != null) {
            long[] all = Arrays.copyOf(places(others), places(others).length + 1);
            all[all.length - 1] = place;
            Arrays.sort(all);
            timeline.put(hlc, encode(all));
        }
        return true;
    }

    /** Puts another row of the same version in its place. */
    void replace(long place, byte[] row) {
        versions.put(place, row);
    }

    void remove(long place) {
        byte[] row = versions.remove(place);
        if (row == null) {
            return;
        }
        long hlc = ByteBuffer.wrap(row).getLong();
        byte[] all = timeline.get(hlc);
        long[] others = all == null
                ? new long[0]
                : Arrays.stream(places(all)).filter(other -> other != place).toArray();
        if (others.length == 0) {
            timeline.remove(hlc);
        } else {
            timeline.put(hlc, encode(others));
        }
    }

    /** The places of a timestamp, ascending. */
    static long[] places(byte[] column) {
        long[] places = new long[column.length / Long.BYTES];
        ByteBuffer.wrap(column).asLongBuffer().get(places);
        return places;
    }

    private static byte[] encode(long... places) {
        ByteBuffer out = ByteBuffer.allocate(places.length * Long.BYTES);
        out.asLongBuffer().put(places);
        return out.array();
    }
}
