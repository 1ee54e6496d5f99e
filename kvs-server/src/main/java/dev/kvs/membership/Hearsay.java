package dev.kvs.membership;

import dev.kvs.model.NodeId;

/**
 * What becomes of what one node says of another. Nothing is believed because it was said: a name that is new here, or at
 * another place than known, is first asked itself ({@link Candidates}); bad news about a member begins a suspicion, which the
 * member can refute; and the only author of good news is the member, by its incarnation.
 */
final class Hearsay {
    private final Roster roster;
    private final Candidates candidates;
    private final Rivals rivals;
    private final Detector detector;
    private final Awareness awareness;

    Hearsay(Roster roster, Candidates candidates, Rivals rivals, Detector detector, Awareness awareness) {
        this.roster = roster;
        this.candidates = candidates;
        this.rivals = rivals;
        this.detector = detector;
        this.awareness = awareness;
    }

    /**
     * Hears one claim.
     *
     * @param teller who said it
     */
    void hear(Turn turn, Claim claim, NodeId teller) {
        Member member = claim.member();
        if (member.id().equals(roster.self().id())) {
            hearOfSelf(turn, member);
            return;
        }
        Peer known = roster.list().get(member.id());
        if (known == null || !known.member().sameHome(member)) {
            if (member.state().isLive() && (known == null || roster.isNews(member, known.member()))) {
                candidates.heardOf(turn, member);
            }
            return;
        }
        if (roster.isNews(member, known.member())) {
            NodeId accuser = claim.accuser();
            believe(turn, known, member, accuser == null ? teller : accuser);
        } else {
            confirm(turn, known, claim);
        }
    }

    private void believe(Turn turn, Peer known, Member member, NodeId accuser) {
        switch (member.state()) {
            case ALIVE, LEFT -> roster.renew(turn, known, member);
            case SUSPECT -> suspect(turn, known, member, accuser);
            case FAILED -> hearOfFailure(turn, known, member, accuser);
        }
    }

    /** A suspicion that is known already counts again when another node has found the member silent for itself. */
    private void confirm(Turn turn, Peer known, Claim claim) {
        NodeId accuser = claim.accuser();
        if (accuser != null
                && known.suspicion() != null
                && claim.member().incarnation() == known.member().incarnation()) {
            roster.suspect(turn, known, claim.member(), accuser);
        }
    }

    /**
     * Somebody's verdict ends a suspicion that this node shares and has heard nothing against. Otherwise it only begins one:
     * who was cut off for a while, or cannot hear, thinks everybody dead, and would take the whole cluster with it.
     */
    private void hearOfFailure(Turn turn, Peer known, Member member, NodeId accuser) {
        Suspicion doubt = known.suspicion();
        boolean shared = doubt != null
                && member.incarnation() == known.member().incarnation()
                && known.heardAt() <= doubt.start();
        if (shared) {
            roster.fail(turn, known);
        } else if (known.isLive()) {
            suspect(turn, known, member, accuser);
        } else {
            known.become(member, null, turn.now());
        }
    }

    private void suspect(Turn turn, Peer known, Member member, NodeId accuser) {
        roster.suspect(turn, known, member, accuser);
        detector.check(turn, known);
    }

    private void hearOfSelf(Turn turn, Member claim) {
        Self self = roster.self();
        boolean elsewhere = !claim.sameHome(self.member());
        if (elsewhere && claim.state().isLive()) {
            rivals.heardOf(turn, claim);
        } else if (self.refute(claim)) {
            if (claim.state() != MemberState.ALIVE) {
                awareness.worsen();
            }
            roster.announceSelf();
        }
    }
}
