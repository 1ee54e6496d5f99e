package dev.kvs.membership;

import dev.kvs.membership.Content.Probe;
import dev.kvs.membership.Content.ProbeFor;
import dev.kvs.membership.Content.Report;
import dev.kvs.membership.Decision.Heard;
import dev.kvs.membership.Decision.Reply;
import dev.kvs.platform.PeerPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out who is silent. Every interval it probes the next members of the round; who does not answer within half an
 * interval is probed through up to three others, in case only the way between the two of us is broken; who is not reached by
 * the end of the interval is suspected. A suspect is probed again every interval, with the suspicion in the letter; and once
 * more by each node that only heard of the suspicion, before that node takes it for failed.
 *
 * <p>Source: SWIM, section 3.1, with the local-health slow-down of Lifeguard.
 */
final class Detector {
    /** SWIM's k: at 5 % loss all three ways fail together once in 150 times. */
    private static final int HELPERS = 3;

    /** A round of probes takes at most this share of the failure timeout, so that no member is silent unasked. */
    private static final int ROUNDS_PER_FAILURE_TIMEOUT = 2;

    /** Suspects probed beside the round; more at once are a partition, in which haste helps nobody. */
    private static final int SUSPECTS_MAX = 4;

    /** So many nodes check a suspicion that they only heard of, on average: enough to tell it, too few to drown it. */
    private static final int CHECKERS = 10;

    /** With more probes than this under way a suspicion waits for the next tick; somebody may suspect everybody. */
    private static final int UNDER_WAY_FOR_CHECK = 8;

    private final MembershipSettings settings;
    private final Roster roster;
    private final Mail mail;
    private final ProbeSchedule schedule;
    private final Awareness awareness;
    private final Draw draw;
    private final Map<Long, Ping> underWay = new HashMap<>();
    private long tickets;
    private long failed;

    Detector(MembershipSettings settings, Roster roster, Mail mail, Awareness awareness, Draw draw) {
        this.settings = settings;
        this.roster = roster;
        this.mail = mail;
        this.schedule = new ProbeSchedule(roster.list(), draw);
        this.awareness = awareness;
        this.draw = draw;
    }

    /** How often a member was probed. */
    long probes() {
        return tickets;
    }

    /** How many probes came to nothing. */
    long failedProbes() {
        return failed;
    }

    /** One interval's probes. */
    void tick(Turn turn) {
        long ticks = settings.failureMillis() / ROUNDS_PER_FAILURE_TIMEOUT / settings.probeIntervalMillis();
        schedule.next(schedule.probesPerTick(ticks), this::canBeProbed).forEach(peer -> probe(turn, peer));
        List<Peer> doubtful = roster.list().those(peer -> isOursToCheck(turn, peer));
        draw.some(doubtful, SUSPECTS_MAX).stream().filter(this::canBeProbed).forEach(peer -> probe(turn, peer));
    }

    /** A suspicion was heard of: looks at once, unless there is much to look at already. */
    void check(Turn turn, Peer suspect) {
        if (underWay.size() < UNDER_WAY_FOR_CHECK && isOursToCheck(turn, suspect)) {
            probe(turn, suspect);
        }
    }

    private boolean canBeProbed(Peer peer) {
        return peer.isLive() && !isUnderWay(peer);
    }

    private boolean isUnderWay(Peer peer) {
        return underWay.values().stream().anyMatch(ping -> ping.peer() == peer);
    }

    private boolean isOursToCheck(Turn turn, Peer peer) {
        Suspicion doubt = peer.suspicion();
        return doubt != null
                && (doubt.isFoundHere()
                        || turn.now() >= doubt.deadline()
                        || draw.below(roster.list().size()) < CHECKERS);
    }

    /** Probes a member now, unless that is under way; also one that has failed. */
    void probe(Turn turn, Peer peer) {
        if (isUnderWay(peer)) {
            return;
        }
        Ping ping = new Ping(++tickets, peer);
        underWay.put(ping.ticket(), ping);
        long patience = awareness.scaled(settings.probeIntervalMillis());
        Probe question = new Probe(peer.member().id(), peer.member().store());
        turn.send(mail.toPeer(peer, PeerPath.PROBE, patience, question, (then, reply) -> answered(then, ping, reply)));
        turn.later(patience / 2, then -> goIndirect(then, ping));
        turn.later(patience, then -> overdue(then, ping));
    }

    private void answered(Turn turn, Ping ping, Reply reply) {
        if (!underWay.containsKey(ping.ticket())) {
            return;
        }
        if (!(reply instanceof Heard(Member from, Content _))) {
            ping.directFailed();
            goIndirect(turn, ping);
            giveUpIfHopeless(turn, ping);
        } else if (from.sameHome(ping.target())) {
            reached(ping);
        } else {
            end(ping);
            if (ping.peer().member().sameHome(ping.target())) {
                roster.fail(turn, ping.peer()); // Somebody else answers at its address, so it does not any more.
            }
        }
    }

    private void goIndirect(Turn turn, Ping ping) {
        if (!underWay.containsKey(ping.ticket()) || ping.isIndirect()) {
            return;
        }
        List<Peer> others =
                roster.list().those(peer -> peer.member().state() == MemberState.ALIVE && peer != ping.peer());
        List<Peer> helpers = draw.some(others, HELPERS);
        ping.askedHelpers(helpers.size());
        long patience = awareness.scaled(settings.probeIntervalMillis()) / 2;
        for (Peer helper : helpers) {
            ProbeFor request = new ProbeFor(ping.target().id(), ping.ticket(), patience);
            turn.send(mail.toPeer(helper, PeerPath.PROBE_FOR, patience, request, (_, _) -> {
                // A helper that does not hear the request sends no report, and that is what counts.
            }));
        }
    }

    /** A helper has tried. */
    void reported(Turn turn, Report report) {
        Ping ping = underWay.get(report.ticket());
        if (ping == null || !ping.isIndirect() || !ping.target().id().equals(report.target())) {
            return;
        }
        if (report.reached()) {
            ping.peer().heardOf(turn.now());
            reached(ping);
            return;
        }
        ping.nack();
        giveUpIfHopeless(turn, ping);
    }

    private void giveUpIfHopeless(Turn turn, Ping ping) {
        if (ping.isHopeless()) {
            silent(turn, ping);
        }
    }

    private void overdue(Turn turn, Ping ping) {
        if (turn.late() >= settings.probeIntervalMillis()) {
            end(ping); // This node was not there to hear an answer.
        } else if (underWay.containsKey(ping.ticket())) {
            silent(turn, ping);
        }
    }

    private void reached(Ping ping) {
        end(ping);
        awareness.improve();
    }

    private void silent(Turn turn, Ping ping) {
        end(ping);
        failed++;
        if (ping.helpersWereSilent()) {
            awareness.worsen();
        }
        Peer peer = ping.peer();
        boolean spokeSince = peer.member().incarnation() != ping.target().incarnation();
        if (peer.isLive() && !spokeSince) {
            roster.suspect(turn, peer, peer.member(), roster.self().id());
        }
    }

    private void end(Ping ping) {
        underWay.remove(ping.ticket());
    }
}
