package dev.kvs.replication.gossip;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.storage.Store;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import dev.kvs.storage.table.Batch;
import dev.kvs.storage.table.PlacedVersion;
import dev.kvs.storage.table.ReadLimit;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that a new node takes over, in pages. A page is as large as {@link #LIMIT} allows
 * and names where the next one begins in a form that only this class reads.
 *
 * <p>The parts are taken in their order. What is released from being held back while a node takes over is in the tables by the
 * checkpoint that precedes the first page of winners; a winner that loses meanwhile is among the losers, which come last.
 */
final class FetchPages {
    /** By {@link Version#footprint}: a quarter of what a node takes as an answer. */
    private static final int PAGE_BYTES = 2 << 20;

    private static final int PAGE_VERSIONS = 4_000;

    static final ReadLimit LIMIT = new ReadLimit(PAGE_VERSIONS, PAGE_BYTES);

    private static final byte[] END = {};

    private final Store store;

    FetchPages(Store store) {
        this.store = store;
    }

    /**
     * One page.
     *
     * @param next where the next one begins, empty when there is none
     */
    record Page(List<Version> versions, byte[] next) {}

    /** Reads a page; {@code invalid_request} when {@code from} is not the {@link Page#next} of one of the same part. */
    Page read(FetchMessage.Part part, byte[] from) {
        try {
            return switch (part) {
                case HELD_BACK -> behind(from, store.heldBack().stream().sorted(Place.ORDER_OF_VERSIONS));
                case SYSTEM -> system(from);
                case NEWEST -> newest(from);
                case LOSERS -> behind(from, losers(from));
            };
        } catch (DamagedException e) {
            throw VersionWire.refusal(e);
        }
    }

    private Page system(byte[] from) {
        checkpointAt(from);
        byte[] start = from.length == 0 ? Keyspace.SYSTEM.first() : Key.following(from);
        Batch<Version> found = store.feed().winnersBetween(start, Keyspace.SYSTEM.end(), LIMIT);
        return page(found, version -> version, version -> version.key().utf8());
    }

    private Page newest(byte[] from) throws DamagedException {
        checkpointAt(from);
        Decoder in = new Decoder(from);
        long hlc = from.length == 0 ? Long.MAX_VALUE : in.getLong();
        long place = from.length == 0 ? Long.MAX_VALUE : in.getLong();
        Batch<PlacedVersion> found = store.feed().newestBehind(hlc, place, LIMIT);
        return page(
                found,
                PlacedVersion::version,
                placed -> new Encoder(16)
                        .putLong(placed.version().hlc())
                        .putLong(placed.place())
                        .toByteArray());
    }

    /** Pages of winners come from the tables, so the first one brings everything that is known now into them. */
    private void checkpointAt(byte[] from) {
        if (from.length == 0) {
            store.checkpoint();
        }
    }

    /** The rivals of open conflicts: winners alone would lose what lost. Read from the histories as far as a page goes. */
    private Stream<Version> losers(byte[] from) throws DamagedException {
        Key begin = from.length == 0 ? null : Place.decode(from).key;
        return Stream.of(Keyspace.values())
                .flatMap(keyspace -> store.conflicts(keyspace).stream())
                .filter(Conflict::isOpen)
                .filter(conflict -> begin == null || conflict.key().compareTo(begin) >= 0)
                .sorted(Comparator.comparing(Conflict::key))
                .flatMap(conflict -> store.history(conflict.key()).versions().stream()
                        .filter(version -> conflict.rivals().stream()
                                .anyMatch(rival -> rival.uuid().equals(version.uuid())))
                        .sorted(Place.ORDER_OF_VERSIONS));
    }

    /** A page of what comes behind a place among versions in the order of their places. */
    private static Page behind(byte[] from, Stream<Version> versions) throws DamagedException {
        Place place = from.length == 0 ? null : Place.decode(from);
        Stream<Version> behind =
                versions.filter(version -> place == null || Place.ORDER.compare(place, Place.of(version)) < 0);
        Batch.Builder<Version> found = new Batch.Builder<>(LIMIT);
        for (Iterator<Version> next = behind.iterator(); next.hasNext() && !found.isFull(); ) {
            Version version = next.next();
            found.add(version, version);
        }
        return page(
                found.build(), version -> version, version -> Place.of(version).encode());
    }

    private static <T> Page page(Batch<T> found, Function<T, Version> versionOf, Function<T, byte[]> placeOf) {
        byte[] next = found.more() ? placeOf.apply(found.items().getLast()) : END;
        return new Page(found.items().stream().map(versionOf).toList(), next);
    }

    /** A place in the order of keys and, within a key, of where versions come from. */
    private record Place(Key key, StoreId store, long sequence) {
        static final Comparator<Place> ORDER =
                Comparator.comparing(Place::key).thenComparing(Place::store).thenComparingLong(Place::sequence);

        static final Comparator<Version> ORDER_OF_VERSIONS = Comparator.comparing(Place::of, ORDER);

        static Place of(Version version) {
            return new Place(version.key(), version.dot().store(), version.sequence());
        }

        byte[] encode() {
            return new Encoder(64)
                    .putBlock(key.utf8())
                    .putUuid(store.value())
                    .putVarint(sequence)
                    .toByteArray();
        }

        static Place decode(byte[] bytes) throws DamagedException {
            Decoder in = new Decoder(bytes);
            return new Place(Key.bound(in.getBlock()), new StoreId(in.getUuid()), in.getVarint());
        }
    }
}
