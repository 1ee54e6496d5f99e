package dev.kvs.replication.gossip;

import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.storage.Feed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be collected: what every store has passed, also those that are away. A store that has been silent for
 * longer than tombstones are kept is fenced: nobody waits for it any more, and when it comes back, what it alone still has of
 * before is put aside ({@link MerkleSync}, {@link Quarantine}). A store whose name has come back with another data directory
 * is not waited for either.
 *
 * <p>To pass a version is to know all that it has seen: a store that got the deletion before what was deleted would take the
 * latter for new once the deletion is gone.
 *
 * <p>Silence is counted from the start of this process at the earliest, because nothing is heard while it is down.
 */
final class Fences {
    private final Peers peers;
    private final Feed feed;
    private final Time time;
    private final long startNanos;

    Fences(Peers peers, Feed feed, Time time) {
        this.peers = peers;
        this.feed = feed;
        this.time = time;
        this.startNanos = time.monotonicNanos();
    }

    /** Whether this store and every other that was ever met, and is not fenced, knows the version and all that it has seen. */
    boolean haveAllPassed(Version version) {
        return feed.knowledge().covers(version.vector())
                && feed.met().stream().allMatch(store -> hasPassed(store, version));
    }

    private boolean hasPassed(StoreId store, Version version) {
        PeerState state = peers.with(store);
        if (state != null && state.knowledge().covers(version.vector())) {
            return true;
        }
        return peers.isReplaced(store) || isFenced(state);
    }

    private boolean isFenced(@Nullable PeerState state) {
        long heard = state == null ? startNanos : Math.max(startNanos, state.toldNanos());
        return time.monotonicNanos() - heard > TimeUnit.MILLISECONDS.toNanos(feed.tombstoneRetentionMillis());
    }
}
