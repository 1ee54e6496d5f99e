package dev.kvs.membership;

import dev.kvs.model.NodeId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Estimates how far this node's wall clock is from those of its peers. Each answered request shows the peer's clock at some
 * moment between sending and receiving; taking the middle is wrong by at most half that time, so of the last few answers the
 * quickest counts. Peers' clocks are kept against this node's <em>monotonic</em> clock: when its own wall clock jumps, every
 * estimate shows that at once.
 *
 * <p>Source: the clock filter of NTP (RFC 5905, section 10). Not safe for several threads.
 */
final class ClockSkew {
    /** NTP's shift register has eight stages. */
    private static final int SAMPLES_MAX = 8;

    /** An answer this late says next to nothing. */
    private static final long ROUND_TRIP_MAX = 2_000;

    private final Map<NodeId, Deque<Sample>> samples = new HashMap<>();

    /**
     * A peer has answered.
     *
     * @param peerMillis its wall clock
     * @param sentMillis when it was asked, on this node's monotonic clock
     * @param receivedMillis when its answer came, on the same
     */
    void sample(NodeId peer, long peerMillis, long sentMillis, long receivedMillis) {
        long roundTrip = receivedMillis - sentMillis;
        if (roundTrip > ROUND_TRIP_MAX) {
            return;
        }
        Deque<Sample> kept = samples.computeIfAbsent(peer, _ -> new ArrayDeque<>(SAMPLES_MAX));
        if (kept.size() == SAMPLES_MAX) {
            kept.removeFirst();
        }
        kept.addLast(new Sample(peerMillis - (sentMillis + roundTrip / 2), roundTrip));
    }

    /** Forgets everybody but these. */
    void retain(Set<NodeId> peers) {
        samples.keySet().retainAll(peers);
    }

    /**
     * How far this node's wall clock is ahead of the median of these peers' clocks, negative when it is behind; empty when none
     * of them has answered yet. Of an even number the lower middle counts, so that one wrong clock of two is not excused by
     * the other's average.
     */
    OptionalLong aheadMillis(Set<NodeId> peers, long wallMillis, long monotonicMillis) {
        long[] ahead = peers.stream()
                .map(samples::get)
                .filter(Objects::nonNull)
                .mapToLong(kept -> wallMillis - monotonicMillis - best(kept).clockBase)
                .toArray();
        Arrays.sort(ahead);
        return ahead.length == 0 ? OptionalLong.empty() : OptionalLong.of(ahead[(ahead.length - 1) / 2]);
    }

    /** The quickest; of equally quick ones the latest. */
    private static Sample best(Deque<Sample> kept) {
        return kept.stream()
                .reduce((one, next) -> next.roundTrip <= one.roundTrip ? next : one)
                .orElseThrow();
    }

    /**
     * One answer.
     *
     * @param clockBase the peer's wall clock less this node's monotonic clock
     * @param roundTrip how long the answer took
     */
    private record Sample(long clockBase, long roundTrip) {}
}
