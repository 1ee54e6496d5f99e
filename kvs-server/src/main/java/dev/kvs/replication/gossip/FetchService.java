package dev.kvs.replication.gossip;

import dev.kvs.merkle.KeyHash;
import dev.kvs.model.Conflict;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers {@link FetchMessage}: winners by the hashes of their keys, or all of them page by page. */
final class FetchService {
    /** A page ends after so many bytes, but has one version at least. */
    private static final int PAGE_BYTES = 2 << 20;

    private final Store store;

    FetchService(Store store) {
        this.store = store;
    }

    byte[] answer(byte[] body) {
        return switch (FetchMessage.decode(body)) {
            case FetchMessage.Keys keys -> keys(keys.hashes()).encode();
            case FetchMessage.Page page -> page(page).encode();
        };
    }

    private FetchMessage.Reply keys(List<KeyHash> hashes) {
        VersionVector knowledge = store.feed().knowledge();
        return new FetchMessage.Reply(knowledge, Long.MIN_VALUE, winners(store, hashes));
    }

    /** The winners of these keys, as far as they fit into an answer. */
    static List<Version> winners(Store store, List<KeyHash> hashes) {
        Set<KeyHash> wanted = new HashSet<>(hashes);
        Set<Integer> leaves = hashes.stream().map(KeyHash::leaf).collect(Collectors.toSet());
        List<Version> found = store.feed().winnersIn(leaves).stream()
                .filter(version -> wanted.contains(KeyHash.of(version.key().utf8())))
                .toList();
        return fitting(found);
    }

    private FetchMessage.Reply page(FetchMessage.Page request) {
        VersionVector knowledge = store.feed().knowledge();
        boolean first = request.below() == Long.MAX_VALUE;
        if (first) {
            // Pages come from the tables, so the first one brings everything that is known now into them.
            store.checkpoint();
        }
        List<Version> page = store.feed().newestBelow(request.below(), request.limit());
        List<Version> fitting = wholeTimes(page, fitting(page));
        long next = fitting.size() < request.limit() && fitting.size() == page.size()
                ? Long.MIN_VALUE
                : fitting.getLast().hlc();
        return new FetchMessage.Reply(knowledge, next, first ? withLosers(withHeldBack(fitting)) : fitting);
    }

    /** What is held back here is known here, and whoever takes this knowledge over must have it too. */
    private List<Version> withHeldBack(List<Version> versions) {
        List<Version> all = new ArrayList<>(versions);
        all.addAll(store.heldBack());
        return all;
    }

    /** Winners alone would lose what lost: the rivals of open conflicts go along, as many as one page holds. */
    private List<Version> withLosers(List<Version> versions) {
        List<Version> losers = new ArrayList<>();
        for (Conflict conflict : store.conflicts()) {
            if (conflict.isOpen()) {
                store.history(conflict.key()).versions().stream()
                        .filter(version -> conflict.rivals().stream()
                                .anyMatch(rival -> rival.uuid().equals(version.uuid())))
                        .forEach(losers::add);
            }
        }
        List<Version> all = new ArrayList<>(versions);
        all.addAll(fitting(losers));
        return all;
    }

    private static List<Version> fitting(List<Version> versions) {
        int bytes = 0;
        int count = 0;
        while (count < versions.size() && (count == 0 || bytes < PAGE_BYTES)) {
            bytes += VersionWire.sizeOf(versions.get(count));
            count++;
        }
        return versions.subList(0, count);
    }

    /** A page may not end between two versions of one time: the next one begins below it. */
    private static List<Version> wholeTimes(List<Version> page, List<Version> fitting) {
        int end = fitting.size();
        if (end == page.size()) {
            return fitting;
        }
        long split = page.get(end).hlc();
        int first = end;
        while (first > 0 && page.get(first - 1).hlc() == split) {
            first--;
        }
        if (first > 0) {
            return page.subList(0, first);
        }
        while (end < page.size() && page.get(end).hlc() == split) {
            end++;
        }
        return page.subList(0, end);
    }
}
