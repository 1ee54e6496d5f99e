package dev.kvs.membership;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets no two living nodes have one name, one data directory or one address. Whoever comes with what a living member has is
 * kept waiting while that member is asked: if it answers, the newcomer is refused and told why; if somebody else answers there
 * or nobody in time, the old one has failed and the newcomer is let in, as after a restart with an emptied disk.
 */
final class Doorkeeper {
    /** How many newcomers' first knocks are remembered; the longest ago is forgotten first. */
    private static final int KNOCKS_MAX = 256;

    private final Roster roster;
    private final Detector detector;
    private final Map<Home, Long> knocks = new LinkedHashMap<>();

    Doorkeeper(Roster roster, Detector detector) {
        this.roster = roster;
        this.detector = detector;
    }

    /**
     * Whether nobody alive stands in this node's way. Otherwise sees to it that the one who does is asked.
     *
     * @throws KvsException {@code duplicate_node} when he has answered since the newcomer first knocked
     */
    boolean isFree(Turn turn, Member newcomer) {
        if (newcomer.contradicts(roster.self().member())) {
            throw refusal(newcomer, roster.self().member());
        }
        Peer incumbent = roster.list().contradicting(newcomer);
        if (incumbent == null) {
            return true;
        }
        long knocked = firstKnock(turn, newcomer);
        if (incumbent.ackedAt() > knocked) {
            throw refusal(newcomer, incumbent.member());
        }
        detector.probe(turn, incumbent);
        return false;
    }

    private long firstKnock(Turn turn, Member newcomer) {
        Long first = knocks.putIfAbsent(newcomer.home(), turn.now());
        if (knocks.size() > KNOCKS_MAX) {
            knocks.remove(knocks.keySet().iterator().next());
        }
        return first == null ? turn.now() : first;
    }

    private static KvsException refusal(Member newcomer, Member incumbent) {
        return new KvsException(ErrorCode.DUPLICATE_NODE, why(newcomer, incumbent));
    }

    /** What is wrong, for the people at both ends. */
    static String why(Member newcomer, Member incumbent) {
        if (incumbent.id().equals(newcomer.id())) {
            return "The name " + newcomer.id() + " is in use by a living member at " + incumbent.address()
                    + " (data directory " + incumbent.store() + "). Give the node at " + newcomer.address()
                    + " another node_id, or stop the other one first.";
        }
        if (incumbent.store().equals(newcomer.store())) {
            return "The data directory " + newcomer.store() + " of " + newcomer.where()
                    + " is in use by the living member " + incumbent.where()
                    + ". A data directory must not be copied to make another node: empty it.";
        }
        return "The address " + newcomer.address() + " of " + newcomer.id() + " is that of the living member "
                + incumbent.id() + ". Give each node an address of its own.";
    }
}
