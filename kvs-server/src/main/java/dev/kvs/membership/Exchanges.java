package dev.kvs.membership;

import dev.kvs.membership.Content.Exchange;
import dev.kvs.membership.Decision.Heard;
import dev.kvs.membership.Decision.Reply;
import dev.kvs.platform.PeerPath;
import java.util.ArrayList;
import java.util.List;

/**
 * Exchanges of the whole list, both ways: with one to three members drawn at random after every pause, and at once with
 * whoever lets this node in or has come back. What probes could not spread is spread by these.
 *
 * <p>Source: Demers et al., "Epidemic Algorithms for Replicated Database Maintenance", PODC 1987 (push-pull anti-entropy).
 */
final class Exchanges {
    private static final int PARTNERS_MAX = 3;

    /** A list of 4,096 members is 1.2 MB: ten seconds even for a slow way. */
    private static final long TIMEOUT_MILLIS = 10_000;

    /** A newcomer has missed the news of others that came just before it, and should not wait for the usual round. */
    private static final long FIRST_PAUSE_MILLIS = 1_000;

    private final MembershipSettings settings;
    private final Roster roster;
    private final Mail mail;
    private final Hearsay hearsay;
    private final Draw draw;
    private boolean settling;
    private long rounds;

    Exchanges(MembershipSettings settings, Roster roster, Mail mail, Hearsay hearsay, Draw draw) {
        this.settings = settings;
        this.roster = roster;
        this.mail = mail;
        this.hearsay = hearsay;
        this.draw = draw;
    }

    /** The pause before the next round. */
    long pause() {
        return draw.between(settings.gossipMinMillis(), settings.gossipMaxMillis());
    }

    /** A newcomer's first rounds, beside the usual ones: after a second or less, and after pauses that double. */
    void settleIn(Turn turn) {
        if (!settling) {
            settling = true;
            settleIn(turn, FIRST_PAUSE_MILLIS);
        }
    }

    private void settleIn(Turn turn, long pauseMillis) {
        if (pauseMillis >= settings.gossipMinMillis()) {
            settling = false;
            return;
        }
        turn.later(draw.between(pauseMillis / 2, pauseMillis), then -> {
            if (!roster.self().hasLeft()) {
                round(then);
            }
            settleIn(then, 2 * pauseMillis);
        });
    }

    /** How many rounds there were. */
    long rounds() {
        return rounds;
    }

    /** One round. */
    void round(Turn turn) {
        rounds++;
        List<Peer> partners = draw.some(roster.list().live(), 1 + draw.below(PARTNERS_MAX));
        for (Peer peer : partners) {
            turn.send(mail.toPeer(peer, PeerPath.GOSSIP, TIMEOUT_MILLIS, everything(), this::answered));
        }
    }

    /** Exchanges lists with whoever is at this address. */
    void with(Turn turn, String address) {
        turn.send(mail.toAddress(address, PeerPath.GOSSIP, TIMEOUT_MILLIS, everything(), this::answered));
    }

    /** All this node knows, itself included. */
    Exchange everything() {
        List<Member> members = new ArrayList<>(roster.list().size() + 1);
        members.add(roster.self().member());
        roster.list().all().forEach(peer -> members.add(peer.member()));
        return new Exchange(members);
    }

    /** What a partner knows. */
    void hear(Turn turn, Member teller, Exchange list) {
        for (Member member : list.members()) {
            if (!member.id().equals(teller.id())) {
                hearsay.hear(turn, Claim.of(member), teller.id());
            }
        }
    }

    private void answered(Turn turn, Reply reply) {
        if (reply instanceof Heard(Member from, Exchange list)) {
            hear(turn, from, list);
        }
    }
}
