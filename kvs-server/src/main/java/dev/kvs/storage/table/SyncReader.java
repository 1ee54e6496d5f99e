package dev.kvs.storage.table;

import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import java.io.IOException;
import org.h2.mvstore.Cursor;

/** The queries of push streams, by a store and the sequences that it gave. As safe as {@link TableReader}. */
final class SyncReader {
    private final VersionTree versions;
    private final DeadVersions dead;
    private final ActorTable actors;

    SyncReader(Trees trees, ActorTable actors) {
        this.versions = trees.versions();
        this.dead = trees.dead();
        this.actors = actors;
    }

    /** Versions of a store with {@code after < sequence <= through}, ascending. */
    Batch<Version> stretch(StoreId store, long after, long through, ReadLimit limit) throws IOException {
        Batch.Builder<Version> found = new Batch.Builder<>(limit);
        long from = actors.placeOf(store, after);
        if (from == 0) {
            return found.build();
        }
        long last = actors.placeOf(store, Math.min(through, ActorTable.MAX_SEQUENCE));
        DeadVersions.Pass pass = dead.new Pass();
        Cursor<Long, byte[]> cursor = versions.between(from + 1, last);
        while (!found.isFull() && cursor.hasNext()) {
            if (!pass.isDead(cursor.next())) {
                Version version = VersionTree.decode(cursor.getValue(), actors);
                found.add(version, version);
            }
        }
        return found.build();
    }

    /** The highest sequence of a store that is here, or was not long ago; 0 for none. */
    long highest(StoreId store) {
        long from = actors.placeOf(store, 0);
        Long place = from == 0 ? null : versions.floor(actors.placeOf(store, ActorTable.MAX_SEQUENCE));
        return place == null || place < from ? 0 : place - from;
    }

    boolean holds(StoreId store, long sequence) {
        long place = actors.placeOf(store, sequence);
        return place != 0 && versions.contains(place) && !dead.new Pass().isDead(place);
    }
}
