package dev.kvs.replication.gossip;

import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.storage.Feed;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The moment up to which every living member is known to hold everything. Read off the knowledge vectors alone, so it errs on
 * the early side: a version counts as missing until its holder has said that it is there, and of the time since a member spoke
 * last nothing is claimed, for it may have written since.
 */
final class ConvergedTime {
    /** How old a member's word may be when it arrives: an answer that took longer has been given up. */
    private static final long LEEWAY_MILLIS = 1_000;

    private final Feed feed;
    private final VersionVector own;
    private final List<PeerState> live;

    ConvergedTime(Feed feed, List<PeerState> live) {
        this.feed = feed;
        this.own = feed.knowledge();
        this.live = live;
    }

    /**
     * Milliseconds since the epoch, empty when it cannot be said.
     *
     * @param wallMillis now
     * @param nanos now, on the monotonic clock
     * @param aheadMillis how far this node's clock is ahead of the others'
     */
    OptionalLong upTo(long wallMillis, long nanos, long aheadMillis) {
        long bound = live.isEmpty() ? wallMillis : Long.MAX_VALUE;
        for (PeerState peer : live) {
            if (peer.toldNanos() == Long.MIN_VALUE) {
                return OptionalLong.empty();
            }
            long spoke = wallMillis - TimeUnit.NANOSECONDS.toMillis(nanos - peer.toldNanos());
            bound = Math.min(bound, spoke - LEEWAY_MILLIS - Math.max(0, aheadMillis));
        }
        for (StoreId store : stores()) {
            OptionalLong limit = limitOf(store);
            if (limit.isEmpty()) {
                return limit;
            }
            bound = Math.min(bound, limit.getAsLong());
        }
        return OptionalLong.of(Math.max(0, bound));
    }

    private Set<StoreId> stores() {
        Set<StoreId> stores = new HashSet<>();
        own.dots().forEach(dot -> stores.add(dot.store()));
        live.forEach(peer -> peer.knowledge().dots().forEach(dot -> stores.add(dot.store())));
        return stores;
    }

    /** Just before the first version of a store that somebody may lack; empty when that version is not to be found. */
    private OptionalLong limitOf(StoreId store) {
        long here = own.sequenceOf(store);
        long least = here;
        long most = here;
        for (PeerState peer : live) {
            long there = peer.knowledge().sequenceOf(store);
            // A node need not be told of its own writes.
            least = peer.store().equals(store) ? least : Math.min(least, there);
            most = Math.max(most, there);
        }
        if (least < here) {
            Version missing = feed.firstOf(store, least, here);
            if (missing != null) {
                return OptionalLong.of(Hlc.millis(missing.hlc()) - 1);
            }
        }
        return most > here ? lastHere(new Dot(store, Math.max(1, here))) : OptionalLong.of(Long.MAX_VALUE);
    }

    /** What is missing here was written after the last that is here. */
    private OptionalLong lastHere(Dot last) {
        Version found = feed.version(last);
        return found == null ? OptionalLong.empty() : OptionalLong.of(Hlc.millis(found.hlc()) - 1);
    }
}
