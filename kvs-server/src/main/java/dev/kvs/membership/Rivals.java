package dev.kvs.membership;

import dev.kvs.membership.Content.Probe;
import dev.kvs.membership.Decision.Heard;
import dev.kvs.membership.Decision.Reply;
import dev.kvs.platform.PeerPath;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens when somebody else lives under this node's own name: two halves of a cut cluster may each have let one in.
 * A claim alone proves nothing, it may be years old; so whoever is said to be there is asked. When he answers, the one who
 * joined later gives way, says goodbye and reports it; the older one stays.
 */
final class Rivals {
    /** Earlier member first; the rest only makes sure that both sides agree. */
    private static final Comparator<Member> SENIORITY = Comparator.comparingLong(Member::joinedMillis)
            .thenComparing(Member::store)
            .thenComparing(Member::address);

    /** A claim may come with every message; asking once in so many probe intervals is enough. */
    private static final int PAUSE_INTERVALS = 5;

    /** Loud, but not every second. */
    private static final long WARNING_PAUSE_MILLIS = 30_000;

    private final MembershipSettings settings;
    private final Roster roster;
    private final Mail mail;
    private @Nullable Member rival;
    private long metAt;
    private boolean gaveWay;
    private long notBefore = Long.MIN_VALUE;
    private long silentUntil = Long.MIN_VALUE;

    Rivals(MembershipSettings settings, Roster roster, Mail mail) {
        this.settings = settings;
        this.roster = roster;
        this.mail = mail;
    }

    /** The last living node that was met under this node's name; for as long as a silent member stays on the list. */
    Optional<Member> rival(long nowMillis) {
        return Optional.ofNullable(rival).filter(_ -> gaveWay || nowMillis - metAt < settings.removalMillis());
    }

    /** Whom this node has given way to; null when it has not. */
    @Nullable
    Member superior() {
        return gaveWay ? rival : null;
    }

    /** Whether this node has said goodbye because of it. */
    boolean gaveWay() {
        return gaveWay;
    }

    /** The cluster has let this node in again. */
    void forgive() {
        gaveWay = false;
    }

    /** Somebody says that this name lives elsewhere. */
    void heardOf(Turn turn, Member claim) {
        if (claim.address().equals(roster.self().member().address())) {
            refute(claim); // Two cannot live at one address, so this is about an earlier life.
            return;
        }
        // Who has not been let in yet is the newcomer, whatever its age: the door decides about it.
        if (roster.list().isEmpty() || roster.self().hasLeft() || turn.now() < notBefore) {
            return;
        }
        notBefore = turn.now() + PAUSE_INTERVALS * settings.probeIntervalMillis();
        Probe question = new Probe(claim.id(), claim.store());
        turn.send(mail.toStranger(
                claim, PeerPath.PROBE, settings.probeIntervalMillis(), question, (_, reply) -> judge(claim, reply)));
    }

    private void judge(Member claim, Reply reply) {
        boolean proven = reply instanceof Heard(Member from, Content _)
                && from.contradicts(roster.self().member())
                && from.id().equals(claim.id());
        if (!proven) {
            refute(claim); // Nobody is there any more.
        }
    }

    /** A living node with this node's name has spoken. */
    void met(Turn turn, Member other) {
        Self self = roster.self();
        if (other.state() == MemberState.LEFT || self.hasLeft()) {
            return;
        }
        note(turn, other);
        if (SENIORITY.compare(self.member(), other) > 0) {
            gaveWay = true;
            self.leave();
            roster.announceSelf();
        } else {
            refute(other);
        }
    }

    /** Reports another node of this name, whatever becomes of it. */
    void note(Turn turn, Member other) {
        rival = other;
        metAt = turn.now();
        if (turn.now() >= silentUntil) {
            silentUntil = turn.now() + WARNING_PAUSE_MILLIS;
            turn.warn(Doorkeeper.why(roster.self().member(), other));
        }
    }

    private void refute(Member claim) {
        if (roster.self().refute(claim)) {
            roster.announceSelf();
        }
    }
}
