package dev.kvs.replication.gossip;

import dev.kvs.membership.Member;
import dev.kvs.model.Dot;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.platform.Time;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The other members and what each is known to hold. Safe for concurrent use. */
final class Peers {
    private final Map<NodeId, PeerState> states = new ConcurrentHashMap<>();
    private final List<Consumer<PeerState>> listeners = new CopyOnWriteArrayList<>();
    private final Set<StoreId> former = ConcurrentHashMap.newKeySet();
    private final Time time;

    Peers(Time time) {
        this.time = time;
    }

    /** Tells {@code listener} whenever something is learned of a peer; on the thread that learned it. */
    void onChange(Consumer<PeerState> listener) {
        listeners.add(listener);
    }

    /** A member is there, for the first time, again, or with another data directory. */
    void add(Member member) {
        PeerState before = states.get(member.id());
        if (before != null && !before.store().equals(member.store())) {
            former.add(before.store());
        }
        former.remove(member.store());
        tell(states.compute(member.id(), (id, known) -> {
            if (known == null || !known.store().equals(member.store())) {
                return PeerState.unheard(id, member.address(), member.store());
            }
            return known.address().equals(member.address()) ? known.alive(true) : known.movedTo(member.address());
        }));
    }

    /** A member is not reachable any more. What it knew stays known. */
    void down(NodeId id) {
        PeerState now = states.computeIfPresent(id, (same, known) -> known.alive(false));
        if (now != null) {
            tell(now);
        }
    }

    /** A peer has said what it holds. Knowledge only grows, so an older word that comes late does no harm. */
    void told(NodeId id, PushReply reply) {
        told(id, reply, UnaryOperator.identity());
    }

    /**
     * A peer has answered what was sent to it after it had said what it held {@code before}. If it knows less now, its disk has
     * been taken back, and only what it knows now counts: nobody else would tell it what it has lost of others.
     */
    void answered(NodeId id, PeerState before, PushReply reply) {
        boolean takenBack = !reply.knowledge().covers(before.knowledge());
        told(id, reply, known -> takenBack && known.store().equals(before.store()) ? known.forgotten() : known);
    }

    private void told(NodeId id, PushReply reply, UnaryOperator<PeerState> first) {
        long nanos = time.monotonicNanos();
        PeerState now = states.computeIfPresent(
                id,
                (same, known) ->
                        known.store().equals(reply.store()) ? first.apply(known).told(reply, nanos) : known);
        if (now != null) {
            tell(now);
        }
    }

    private void tell(PeerState state) {
        listeners.forEach(listener -> listener.accept(state));
    }

    /** Nobody will ever write under this name again. */
    void retire(StoreId store) {
        former.add(store);
    }

    /** Whether a member of this data directory's name has come back with another one. */
    boolean isReplaced(StoreId store) {
        return former.contains(store);
    }

    /** The member with this data directory, null when none is known. */
    @Nullable
    PeerState with(StoreId store) {
        for (PeerState state : states.values()) {
            if (state.store().equals(store)) {
                return state;
            }
        }
        return null;
    }

    @Nullable
    PeerState get(NodeId id) {
        return states.get(id);
    }

    Collection<PeerState> all() {
        return states.values();
    }

    List<PeerState> live() {
        return states.values().stream().filter(PeerState::live).toList();
    }

    /** How many peers are known to hold the version of a dot. */
    int holding(Dot dot) {
        int count = 0;
        for (PeerState state : states.values()) {
            count += state.knowledge().contains(dot) ? 1 : 0;
        }
        return count;
    }
}
