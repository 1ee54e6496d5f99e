package dev.kvs.membership;

import static dev.kvs.membership.MemberEvent.Kind.CHANGED;
import static dev.kvs.membership.MemberEvent.Kind.CLEARED;
import static dev.kvs.membership.MemberEvent.Kind.JOINED;
import static dev.kvs.membership.MemberEvent.Kind.REMOVED;
import static dev.kvs.membership.MemberEvent.Kind.REPLACED;
import static dev.kvs.membership.MemberEvent.Kind.RETURNED;
import static dev.kvs.membership.MemberEvent.Kind.SUSPECTED;

import dev.kvs.model.NodeId;
import java.util.Comparator;
import java.util.List;

/**
 * How a member goes from one state to the next. Every change becomes news for the others and an event for the listener;
 * nothing else changes the list.
 *
 * <pre>
 *  (answers at its address)      (silent)           (not refuted in time)        (10 minutes)
 *          ----------> ALIVE ----------> SUSPECT ----------------> FAILED ----------------> gone
 *                        ^  ^--(refutes)----'                        |
 *                        `------------(refutes, even now)-----------'        LEFT likewise, by its own word
 * </pre>
 */
final class Roster {
    /** With one interval to be probed, one to wait for the answer and these two to refute a failure is known within five. */
    private static final double SUSPICION_MULTIPLE = 2;

    /** How much longer an unconfirmed suspicion lasts; memberlist's 6 would break the 5 seconds when a helper is slow. */
    private static final long UNCONFIRMED_MULTIPLE = 3;

    /** Lifeguard's k: two who agree rule out that the first was deaf. */
    private static final int CONFIRMATIONS = 2;

    private final MembershipSettings settings;
    private final Self self;
    private final MemberList list;
    private final Comparator<Member> order;
    private final BroadcastQueue news;

    Roster(MembershipSettings settings, Parts parts) {
        this.settings = settings;
        this.self = parts.self();
        this.list = parts.list();
        this.news = parts.news();
        this.order = parts.order();
    }

    Self self() {
        return self;
    }

    MemberList list() {
        return list;
    }

    /** Whether the claim says more than what is known. */
    boolean isNews(Member claim, Member known) {
        return Precedence.isPlausible(known, claim) && order.compare(claim, known) > 0;
    }

    List<Claim> takeNews(int max) {
        return news.take(max, list.size() + 1);
    }

    /** Tells everybody what this node now says of itself. */
    void announceSelf() {
        news.add(Claim.of(self.member()));
    }

    /**
     * Takes up a node that has just answered at its address. Does nothing while a living member of the same name stands at
     * another address, and until its incarnation is above what was known of the name: it is told and comes back.
     */
    void admit(Turn turn, Member member) {
        Peer known = list.get(member.id());
        if (known == null) {
            if (list.hasRoom()) {
                list.put(new Peer(member, turn.now()));
                news.add(Claim.of(member));
                turn.tell(JOINED, member);
            }
        } else if (known.member().sameHome(member)) {
            known.acked(turn.now());
            heard(turn, known, member);
        } else if (!known.isLive() && isNews(member, known.member())) {
            list.put(new Peer(member, turn.now()));
            news.add(Claim.of(member));
            turn.tell(REPLACED, member);
        }
    }

    /** The member itself has spoken. */
    void heard(Turn turn, Peer peer, Member itself) {
        peer.heard(itself, turn.now());
        if (isNews(itself, peer.member())) {
            renew(turn, peer, itself);
        }
    }

    /** Takes over what the member says of itself, heard from it or from others. */
    void renew(Turn turn, Peer peer, Member word) {
        Member before = peer.member();
        peer.become(word, null, turn.now());
        peer.heardOf(turn.now());
        news.add(Claim.of(word));
        if (word.state() == MemberState.LEFT) {
            turn.tell(MemberEvent.Kind.LEFT, word);
            return;
        }
        switch (before.state()) {
            case SUSPECT -> turn.tell(CLEARED, word);
            case FAILED, LEFT -> turn.tell(RETURNED, word);
            case ALIVE -> {
                if (!before.mode().equals(word.mode()) || !before.release().equals(word.release())) {
                    turn.tell(CHANGED, word);
                }
            }
        }
    }

    /**
     * Somebody has found the member silent, at the incarnation of {@code word}.
     *
     * @param accuser who
     */
    void suspect(Turn turn, Peer peer, Member word, NodeId accuser) {
        Suspicion doubt = peer.suspicion();
        if (doubt == null || word.incarnation() > peer.member().incarnation()) {
            Suspicion fresh = newSuspicion(turn, accuser);
            peer.become(word.in(MemberState.SUSPECT), fresh, turn.now());
            news.add(new Claim(peer.member(), accuser));
            turn.tell(SUSPECTED, peer.member());
            consider(turn, peer, fresh, accuser);
        } else {
            if (doubt.confirm(accuser)) {
                news.add(new Claim(peer.member(), accuser));
            }
            consider(turn, peer, doubt, accuser);
        }
    }

    private void consider(Turn turn, Peer peer, Suspicion doubt, NodeId accuser) {
        if (accuser.equals(self.id())) {
            doubt.foundHere();
        }
        judgeLater(turn, peer, doubt);
    }

    private Suspicion newSuspicion(Turn turn, NodeId accuser) {
        int members = list.live().size() + 1;
        int wanted = Math.clamp(members - 3, 0, CONFIRMATIONS);
        double scale = Math.max(1, Math.log10(members));
        long min = Math.round(SUSPICION_MULTIPLE * scale * settings.probeIntervalMillis());
        return new Suspicion(turn.now(), wanted, min, UNCONFIRMED_MULTIPLE * min, accuser);
    }

    /**
     * Only who has found the member silent for itself takes it for failed by its own clock. Others may have missed the
     * refutation; they look once more ({@link Detector}), or hear the verdict of one who has.
     */
    private void judgeLater(Turn turn, Peer peer, Suspicion doubt) {
        turn.later(doubt.deadline() - turn.now(), then -> {
            if (peer.suspicion() != doubt || list.get(peer.member().id()) != peer) {
                return;
            }
            if (then.now() < doubt.deadline()) {
                judgeLater(then, peer, doubt);
            } else if (doubt.isFoundHere()) {
                fail(then, peer);
            }
        });
    }

    /** The member has had its time, or somebody else has been met at its address. */
    void fail(Turn turn, Peer peer) {
        if (peer.isLive()) {
            peer.become(peer.member().in(MemberState.FAILED), null, turn.now());
            news.add(Claim.of(peer.member()));
            turn.tell(MemberEvent.Kind.FAILED, peer.member());
        }
    }

    /** The outer bounds: fails who has been silent for too long, and removes who has been gone for too long. */
    void sweep(Turn turn) {
        for (Peer peer : List.copyOf(list.all())) {
            long silent = turn.now() - peer.heardAt();
            if (peer.isLive()) {
                if (silent >= settings.failureMillis()) {
                    fail(turn, peer);
                }
            } else if (goneFor(turn, peer) >= settings.removalMillis()) {
                list.remove(peer);
                turn.tell(REMOVED, peer.member());
            }
        }
    }

    private static long goneFor(Turn turn, Peer peer) {
        long began = peer.member().state() == MemberState.LEFT ? peer.since() : peer.heardAt();
        return turn.now() - began;
    }

    /** This node has not run for a while: nobody else is to blame for the silence. */
    void postpone(long millis) {
        list.all().forEach(peer -> peer.postpone(millis));
    }
}
