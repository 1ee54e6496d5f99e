package dev.kvs.replication.gossip;

import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Time;
import dev.kvs.storage.Feed;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be collected: what every store has passed, also those that are away. A store that has been silent for
 * longer than tombstones are kept is fenced: nobody waits for it any more, and when it comes back, what it alone still has of
 * before is put aside ({@link MerkleSync}, {@link Quarantine}). A store whose name has come back with another data directory
 * is not waited for either.
 *
 * <p>To pass a version is to have it in the key space with all that it has seen: a store that got the deletion before what was
 * deleted would take the latter for new once the deletion is gone, and one that holds the deletion back still writes what the
 * deletion would have hidden. From then on a store only writes what is dated later. What it wrote before has to be here too,
 * or it would stand alone when it comes: so nothing counts as passed by others before this store knows all that they knew then.
 *
 * <p>Silence is counted from the start of this process at the earliest, because nothing is heard while it is down.
 */
final class Fences {
    private final Peers peers;
    private final Feed feed;
    private final Time time;
    private final long startNanos;

    /** What the others had said when all that they knew was here too. */
    private List<PeerState> settled = List.of();

    /** What they have said since; what they knew then may still be on its way. */
    private List<PeerState> awaited = List.of();

    Fences(Peers peers, Feed feed, Time time) {
        this.peers = peers;
        this.feed = feed;
        this.time = time;
        this.startNanos = time.monotonicNanos();
    }

    /** Whether this store and every other that was ever met, and is not fenced, knows the version and all that it has seen. */
    boolean haveAllPassed(Version version) {
        settle();
        VersionVector here = feed.knowledge();
        return version.hlc() < feed.heldBackFrom()
                && here.covers(version.vector())
                && feed.met().stream().allMatch(store -> hasPassed(store, version));
    }

    private boolean hasPassed(StoreId store, Version version) {
        return settled.stream().anyMatch(state -> state.store().equals(store) && state.hasPassed(version))
                || isGivenUp(store);
    }

    private void settle() {
        VersionVector here = feed.knowledge();
        // Twice: what they say now counts at once when nothing is on its way.
        for (int i = 0; i < 2 && awaited.stream().allMatch(state -> isHere(state, here)); i++) {
            settled = awaited;
            awaited = List.copyOf(peers.all());
        }
    }

    private boolean isHere(PeerState state, VersionVector here) {
        return here.covers(state.knowledge()) || isGivenUp(state.store());
    }

    private boolean isGivenUp(StoreId store) {
        return peers.isReplaced(store) || isFenced(peers.with(store));
    }

    private boolean isFenced(@Nullable PeerState state) {
        long heard = state == null ? startNanos : Math.max(startNanos, state.toldNanos());
        return time.monotonicNanos() - heard > TimeUnit.MILLISECONDS.toNanos(feed.tombstoneRetentionMillis());
    }
}
