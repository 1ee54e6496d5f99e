package dev.kvs.membership;

import dev.kvs.membership.Content.Probe;
import dev.kvs.membership.Content.ProbeFor;
import dev.kvs.membership.Content.Report;
import dev.kvs.membership.Decision.Heard;
import dev.kvs.membership.Decision.Reply;
import dev.kvs.platform.PeerPath;

/**
 * Probes made for others. Only members are probed, at the address on this node's own list, so that nobody can make it call
 * whom he likes; and only so many at once.
 */
final class IndirectProbes {
    /** Ten nodes that lose sight of each other at the same moment ask this many. */
    private static final int UNDER_WAY_MAX = 32;

    /** The asker waits no longer than it said; "not reached" must be back before that. As in memberlist. */
    private static final double SHARE_OF_PATIENCE = 0.8;

    private final Roster roster;
    private final Mail mail;
    private int underWay;

    IndirectProbes(Roster roster, Mail mail) {
        this.roster = roster;
        this.mail = mail;
    }

    /** Probes the target, if both it and the asker are on the list, and reports. */
    void probe(Turn turn, Member asker, ProbeFor request) {
        Peer target = roster.list().get(request.target());
        Peer reportTo = roster.list().get(asker.id());
        if (target == null || reportTo == null || !reportTo.member().sameHome(asker) || underWay >= UNDER_WAY_MAX) {
            return;
        }
        underWay++;
        long patience = Math.max(1, (long) (request.patienceMillis() * SHARE_OF_PATIENCE));
        Member believed = target.member();
        turn.send(mail.toPeer(
                target, PeerPath.PROBE, patience, new Probe(believed.id(), believed.store()), (then, reply) -> {
                    underWay--;
                    report(then, reportTo, request, reached(believed, reply));
                }));
    }

    private static boolean reached(Member target, Reply reply) {
        return reply instanceof Heard(Member from, Content _) && from.sameHome(target);
    }

    private void report(Turn turn, Peer asker, ProbeFor request, boolean reached) {
        Report report = new Report(request.target(), request.ticket(), reached);
        turn.send(mail.toPeer(asker, PeerPath.PROBE_FOR, request.patienceMillis(), report, (_, _) -> {
            // Whether the report arrived changes nothing here.
        }));
    }
}
