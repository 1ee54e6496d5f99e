package dev.kvs.replication.gossip;

import dev.kvs.merkle.KeyHash;
import dev.kvs.model.Key;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.Store;
import dev.kvs.storage.table.Batch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers {@link FetchMessage}: winners by the hashes of their keys, or all that is here page by page. */
final class FetchService {
    private static final byte[] NO_MORE = {};

    private final Store store;
    private final FetchPages pages;

    FetchService(Store store) {
        this.store = store;
        this.pages = new FetchPages(store);
    }

    byte[] answer(byte[] body) {
        // Before anything is read: whoever has all pages has at least what was known when the first was asked for.
        VersionVector knowledge = store.feed().knowledge();
        FetchMessage.Reply reply = switch (FetchMessage.decode(body)) {
            case FetchMessage.Keys keys -> new FetchMessage.Reply(knowledge, NO_MORE, winners(store, keys.hashes()));
            case FetchMessage.Page request -> {
                FetchPages.Page page = pages.read(request.part(), request.from());
                yield new FetchMessage.Reply(knowledge, page.next(), page.versions());
            }
        };
        return reply.encode();
    }

    /** The winners of these keys, as far as they fit into an answer. */
    static List<Version> winners(Store store, List<KeyHash> hashes) {
        Set<KeyHash> wanted = new HashSet<>(hashes);
        Set<Integer> leaves = hashes.stream().map(KeyHash::leaf).collect(Collectors.toSet());
        Batch.Builder<Version> found = new Batch.Builder<>(FetchPages.LIMIT);
        for (Key key : store.feed().keysIn(leaves)) {
            Version winner = wanted.contains(KeyHash.of(key.utf8())) ? store.winner(key) : null;
            if (winner != null) {
                found.add(winner, winner);
            }
            if (found.isFull()) {
                break;
            }
        }
        return found.build().items();
    }
}
