package dev.kvs.membership;

import dev.kvs.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whom to probe next: everybody once a round, in an order drawn anew for each round. Random picks would leave some member
 * unprobed for a long time; a fixed order would make all nodes march in step.
 *
 * <p>Source: SWIM, section 4.3.
 */
final class ProbeSchedule {
    /** Few nodes have few eyes: up to eight each probes three others a tick, so that hardly any goes unprobed in one. */
    private static final int PROBES_MAX = 3;

    /** From so many members on one probe a tick will do, as in SWIM: then a suspicion takes longer than finding it. */
    private static final int MANY = 20;

    private final MemberList list;
    private final Draw draw;
    private List<NodeId> round = List.of();
    private int next;

    ProbeSchedule(MemberList list, Draw draw) {
        this.list = list;
        this.draw = draw;
    }

    /** How many to probe a tick, so that a round takes at most {@code ticks}. */
    int probesPerTick(long ticks) {
        int eyes = Math.clamp(Math.ceilDiv(MANY, Math.max(1, list.size())), 1, PROBES_MAX);
        return Math.max(eyes, (int) Math.ceilDiv(list.size(), Math.max(1, ticks)));
    }

    /** Up to {@code count} different members for which {@code wanted} holds. */
    List<Peer> next(int count, Predicate<Peer> wanted) {
        List<Peer> chosen = new ArrayList<>();
        for (int looked = 0; looked < list.size() && chosen.size() < count; looked++) {
            Peer peer = list.get(nextId());
            if (peer != null && wanted.test(peer) && !chosen.contains(peer)) {
                chosen.add(peer);
            }
        }
        return chosen;
    }

    private NodeId nextId() {
        if (next >= round.size()) {
            round = draw.shuffled(
                    list.all().stream().map(peer -> peer.member().id()).toList());
            next = 0;
        }
        return round.get(next++);
    }
}
