package dev.kvs.membership;

import dev.kvs.membership.Content.Probe;
import dev.kvs.membership.Decision.Heard;
import dev.kvs.membership.Decision.Reply;
import dev.kvs.platform.PeerPath;

/**
 * Tries failed members again, one at a time and at random, until they are removed. One that answers has read in the probe that
 * it is thought dead and refutes that in its answer; then the lists are exchanged, and one such meeting is enough to bring two
 * sides together.
 */
final class Reunion {
    private final MembershipSettings settings;
    private final Roster roster;
    private final Mail mail;
    private final Exchanges exchanges;
    private final Draw draw;

    Reunion(MembershipSettings settings, Roster roster, Mail mail, Exchanges exchanges, Draw draw) {
        this.settings = settings;
        this.roster = roster;
        this.mail = mail;
        this.exchanges = exchanges;
        this.draw = draw;
    }

    /** Tries one. */
    void round(Turn turn) {
        draw.some(roster.list().those(peer -> peer.member().state() == MemberState.FAILED), 1)
                .forEach(peer -> attempt(turn, peer));
    }

    private void attempt(Turn turn, Peer peer) {
        Probe question = new Probe(peer.member().id(), peer.member().store());
        turn.send(mail.toPeer(
                peer,
                PeerPath.PROBE,
                settings.probeIntervalMillis(),
                question,
                (then, reply) -> met(then, peer, reply)));
    }

    private void met(Turn turn, Peer peer, Reply reply) {
        if (reply instanceof Heard(Member from, Content _)) {
            exchanges.with(turn, peer.member().address());
        }
    }
}
