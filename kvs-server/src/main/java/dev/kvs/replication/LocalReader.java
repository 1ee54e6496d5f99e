package dev.kvs.replication;

import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Check;
import dev.kvs.platform.Time;
import dev.kvs.security.Rights;
import dev.kvs.storage.Scan;
import dev.kvs.storage.Store;
import dev.kvs.storage.table.KeyHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from this node's store; every node of gossip mode holds every key. */
public final class LocalReader implements Reader {
    /** Values that a request may look at for a caller who may not read them. */
    static final int EXAMINED_MAX = 20_000;

    private final Store store;
    private final Time time;
    private final Sight sight;
    private final Directory directory;
    private final Changes changes;

    /** A reader that sees everything. */
    public LocalReader(Store store, Time time) {
        this(store, time, Rights.NODE, new Changes(store));
    }

    private LocalReader(Store store, Time time, Rights rights, Changes changes) {
        this.store = store;
        this.time = time;
        this.changes = changes;
        this.sight = new Sight(rights);
        this.directory = new Directory(store, time, sight);
    }

    @Override
    public Reader seenBy(Rights rights) {
        return rights.areUnlimited() ? this : new LocalReader(store, time, rights, changes);
    }

    @Override
    public Optional<Version> get(Key key) {
        Version version = store.winner(key);
        return version != null && version.isLiveAt(time.epochMillis()) && sight.of(version)
                ? Optional.of(version)
                : Optional.empty();
    }

    @Override
    public Optional<Version> revision(Key key, UUID uuid) {
        return shown(key).filter(version -> version.uuid().equals(uuid)).findFirst();
    }

    @Override
    public AsOf asOf(Key key, long millis) {
        KeyHistory history = kept(key);
        long until = Hlc.lastOfMillis(Math.clamp(millis, 0, Hlc.MAX_MILLIS));
        Optional<Version> then = history.versions().stream()
                .filter(version -> version.hlc() <= until)
                .max(VersionOrder.INSTANCE)
                .filter(sight::of);
        boolean complete = then.isPresent() || !history.pruned();
        return new AsOf(then.filter(version -> version.isLiveAt(millis)), complete);
    }

    @Override
    public List<Revision> history(Key key) {
        List<Version> versions = shown(key).toList();
        Optional<Version> winner = versions.stream().max(VersionOrder.INSTANCE);
        return winner.map(best -> versions.stream()
                        .sorted(Comparator.comparing((Version version) -> version.equals(best))
                                .thenComparing(VersionOrder.INSTANCE)
                                .reversed())
                        .map(version -> new Revision(version, lostConflict(version, best)))
                        .toList())
                .orElse(List.of());
    }

    /** Whoever wrote the winner had not seen it, whatever its own vector claims (decision 0010). */
    private static boolean lostConflict(Version version, Version winner) {
        return !version.uuid().equals(winner.uuid())
                && winner.vector().compare(version.vector()) != VersionVector.Relation.DOMINATES;
    }

    /** Old revisions are for those who may read the newest: what was taken from somebody stays taken. */
    private KeyHistory kept(Key key) {
        boolean seen = sight.isUnlimited() || sight.of(store.winner(key));
        return seen ? store.history(key) : KeyHistory.UNKNOWN;
    }

    /** And each only for those whom it allows itself: who stores a key anew does not get what its former owner wrote. */
    private Stream<Version> shown(Key key) {
        return kept(key).versions().stream().filter(sight::of);
    }

    @Override
    public Page range(RangeQuery query, long bytesMax) {
        byte @Nullable [] start = query.start() == null ? null : query.start().utf8();
        byte @Nullable [] end = query.end() == null ? null : query.end().utf8();
        if (query.after() != null) {
            byte[] after = query.after().utf8();
            start = query.reverse() ? start : later(start, Key.following(after));
            end = query.reverse() ? earlier(end, after) : end;
        }
        Scan scan = store.scan(Keyspace.DOCUMENTS, start, end, query.reverse());
        List<Version> versions = new ArrayList<>();
        Key last = null;
        long bytes = 0;
        while (versions.size() < query.limit() && bytes < bytesMax && scan.hasNext() && !sight.isExhausted()) {
            Scan.Hit hit = scan.next();
            Version version = sight.of(hit) ? hit.version() : null;
            last = hit.key();
            if (version != null) {
                versions.add(version);
                bytes += Check.present(version.body(), "a visible version has its document").length;
            }
        }
        return new Page(List.copyOf(versions), scan.hasNext() ? last : null);
    }

    private static byte[] later(byte @Nullable [] a, byte[] b) {
        return a == null || Arrays.compareUnsigned(a, b) < 0 ? b : a;
    }

    private static byte[] earlier(byte @Nullable [] a, byte[] b) {
        return a == null || Arrays.compareUnsigned(a, b) > 0 ? b : a;
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public Children children(@Nullable Key prefix, @Nullable String after, int limit) {
        return directory.children(prefix, after, limit);
    }

    @Override
    public Tree tree(@Nullable Key prefix, int depth, int limit) {
        return directory.tree(prefix, depth, limit);
    }
}
