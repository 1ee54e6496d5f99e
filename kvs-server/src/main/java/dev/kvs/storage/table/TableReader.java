package dev.kvs.storage.table;

import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.storage.format.DamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;

/** The queries of reading requests. Any number of threads may ask at the same time, also while a checkpoint writes. */
final class TableReader {
    private final VersionTree versions;
    private final CurrentTree current;
    private final ActorTable actors;

    TableReader(Trees trees, ActorTable actors) {
        this.versions = trees.versions();
        this.current = trees.current();
        this.actors = actors;
    }

    @Nullable
    Version winner(Key key) throws IOException {
        byte[] utf8 = key.utf8();
        byte[] row = current.get(utf8);
        while (row != null) {
            byte[] found = versions.get(CurrentRow.winnerOf(row));
            if (found != null) {
                return VersionTree.decode(found, key, actors);
            }
            row = changed(utf8, row);
        }
        return null;
    }

    /**
     * The row of a key whose version was not there: another one by now, because a version goes only after the row that names
     * it has changed.
     */
    private byte @Nullable [] changed(byte[] key, byte[] before) throws DamagedException {
        byte[] row = current.get(key);
        if (Arrays.equals(row, before)) {
            throw new DamagedException("the tables name a winner of " + Key.ofStored(key) + " that they do not have");
        }
        return row;
    }

    /** The kept revisions in arrival order. */
    KeyHistory history(Key key) throws IOException {
        byte[] row = current.get(key.utf8());
        if (row == null) {
            return KeyHistory.UNKNOWN;
        }
        History kept = CurrentRow.decode(row).history();
        List<Version> found = new ArrayList<>(kept.places().length);
        for (long place : kept.places()) {
            Version version = version(key, place);
            if (version != null) {
                found.add(version);
            }
        }
        return new KeyHistory(found, kept.pruned());
    }

    /** The version at a place, null when it was pruned in the meantime. */
    @Nullable
    Version version(Key key, long place) throws IOException {
        byte[] row = versions.get(place);
        return row == null ? null : VersionTree.decode(row, key, actors);
    }

    /** Rows with {@code start <= key < end} in byte order, or from the end when {@code reverse}. */
    List<KeyRow> rows(byte[] start, byte[] end, int limit, boolean reverse) throws IOException {
        List<KeyRow> found = new ArrayList<>();
        Cursor<byte[], byte[]> cursor = current.cursor(start, end, reverse);
        while (found.size() < limit && cursor.hasNext()) {
            byte[] key = cursor.next();
            if (reverse && Arrays.compareUnsigned(key, end) >= 0) {
                continue;
            }
            if (reverse ? Arrays.compareUnsigned(key, start) < 0 : Arrays.compareUnsigned(key, end) >= 0) {
                break;
            }
            found.add(CurrentRow.keyRow(key, cursor.getValue()));
        }
        return found;
    }

    /** The winners of the keys with {@code start <= key < end}, in byte order. */
    Batch<Version> winnersBetween(byte[] start, byte[] end, ReadLimit limit) throws IOException {
        Batch.Builder<Version> found = new Batch.Builder<>(limit);
        Cursor<byte[], byte[]> cursor = current.cursor(start, end, false);
        while (!found.isFull() && cursor.hasNext()) {
            byte[] key = cursor.next();
            if (Arrays.compareUnsigned(key, end) >= 0) {
                break;
            }
            byte[] row = versions.get(CurrentRow.winnerOf(cursor.getValue()));
            Version version = row == null ? winner(Key.ofStored(key)) : VersionTree.decode(row, actors);
            if (version != null) {
                found.add(version, version);
            }
        }
        return found.build();
    }

    /** Current winners, newest first and among those of one time by place downwards, behind this time and place. */
    Batch<PlacedVersion> newest(long hlc, long place, ReadLimit limit) throws IOException {
        Batch.Builder<PlacedVersion> found = new Batch.Builder<>(limit);
        Cursor<Long, byte[]> cursor = versions.backFrom(hlc);
        while (!found.isFull() && cursor.hasNext()) {
            long time = cursor.next();
            long[] places = VersionTree.places(cursor.getValue());
            for (int i = places.length - 1; i >= 0 && !found.isFull(); i--) {
                if (time < hlc || places[i] < place) {
                    addWinner(places[i], found);
                }
            }
        }
        return found.build();
    }

    private void addWinner(long place, Batch.Builder<PlacedVersion> found) throws IOException {
        byte[] row = versions.get(place);
        if (row != null) {
            byte[] key = VersionTree.keyOf(row);
            byte[] currentRow = current.get(key);
            if (currentRow != null && CurrentRow.winnerOf(currentRow) == place) {
                Version version = VersionTree.decode(row, actors);
                found.add(new PlacedVersion(place, version), version);
            }
        }
    }
}
