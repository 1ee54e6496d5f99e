package dev.kvs.membership;

import dev.kvs.membership.Content.Probe;
import dev.kvs.membership.Decision.Heard;
import dev.kvs.membership.Decision.Reply;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.platform.PeerPath;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that may be there. Each is asked at its address, and becomes a member when it answers with the right name and data
 * directory; until then nobody hears of it from here, so that a made-up name dies where it was told. One is asked at a time,
 * in short steps; who has spoken to this node itself comes before those that were only mentioned.
 */
final class Candidates {
    /** As many as there may be members. */
    private static final int WAITING_MAX = Message.MEMBERS_MAX;

    /** 25 a second: a newcomer knows 75 members in 3 s, and a thousand made-up ones cost nobody a burst. */
    private static final long PAUSE_MILLIS = 40;

    /** At 5 % loss a call fails once in ten times: four in a row, once in ten thousand. */
    private static final int SILENCES_MAX = 4;

    /** Who answers but may not come in, because a member in its way has yet to be given up, is asked for 40 s. */
    private static final int ATTEMPTS_MAX = 20;

    /** How long a name that did not answer is not asked again. */
    private static final long REST_MILLIS = 30_000;

    private final MembershipSettings settings;
    private final Roster roster;
    private final Mail mail;
    private final Doorkeeper doorkeeper;
    private final Map<NodeId, Candidate> knocking = new LinkedHashMap<>();
    private final Map<NodeId, Candidate> mentioned = new LinkedHashMap<>();
    private final Map<Home, Long> resting = new LinkedHashMap<>();
    private boolean awake;

    Candidates(MembershipSettings settings, Roster roster, Mail mail, Doorkeeper doorkeeper) {
        this.settings = settings;
        this.roster = roster;
        this.mail = mail;
        this.doorkeeper = doorkeeper;
    }

    /** The node itself has spoken, from wherever it was. */
    void spoke(Turn turn, Member itself) {
        if (isResting(turn, itself) || knocking.size() >= WAITING_MAX) {
            return;
        }
        mentioned.remove(itself.id());
        knocking.putIfAbsent(itself.id(), new Candidate(itself, turn.now()));
        wake(turn);
    }

    /** Somebody has mentioned it. */
    void heardOf(Turn turn, Member member) {
        if (isResting(turn, member) || knocking.containsKey(member.id()) || mentioned.size() >= WAITING_MAX) {
            return;
        }
        mentioned.putIfAbsent(member.id(), new Candidate(member, turn.now()));
        wake(turn);
    }

    /** Those that wait to be asked. */
    int size() {
        return knocking.size() + mentioned.size();
    }

    private boolean isResting(Turn turn, Member member) {
        return turn.now() < resting.getOrDefault(member.home(), Long.MIN_VALUE);
    }

    private void wake(Turn turn) {
        if (!awake) {
            awake = true;
            turn.later(0, this::step);
        }
    }

    private void step(Turn turn) {
        Candidate next = next(turn, knocking);
        if (next == null) {
            next = next(turn, mentioned);
        }
        if (next != null) {
            ask(turn, next);
        }
        awake = size() > 0;
        if (awake) {
            turn.later(PAUSE_MILLIS, this::step);
        }
    }

    /** The first that is due; it goes to the end of the line. */
    private static @Nullable Candidate next(Turn turn, Map<NodeId, Candidate> line) {
        for (Candidate candidate : line.values()) {
            if (candidate.dueAt <= turn.now()) {
                line.remove(candidate.member.id());
                line.put(candidate.member.id(), candidate);
                return candidate;
            }
        }
        return null;
    }

    private void ask(Turn turn, Candidate candidate) {
        candidate.attempts++;
        candidate.dueAt = turn.now() + 2 * settings.probeIntervalMillis();
        Probe question = new Probe(candidate.member.id(), candidate.member.store());
        turn.send(mail.toStranger(
                candidate.member,
                PeerPath.PROBE,
                settings.probeIntervalMillis(),
                question,
                (then, reply) -> answered(then, candidate, reply)));
    }

    private void answered(Turn turn, Candidate candidate, Reply reply) {
        NodeId id = candidate.member.id();
        Peer known = roster.list().get(id);
        boolean settled = known != null && known.isLive() && known.member().sameHome(candidate.member);
        boolean answered = reply instanceof Heard;
        boolean otherThere = reply instanceof Heard(Member from, Content _) && !from.sameHome(candidate.member);
        candidate.silences += answered ? 0 : 1;
        if (settled || otherThere || candidate.attempts >= ATTEMPTS_MAX) {
            forget(id);
        } else if (candidate.silences >= SILENCES_MAX) {
            if (knocking.containsKey(id)) { // What was only mentioned may be made up, by the thousand.
                warnUnreachable(turn, candidate);
            }
            forget(id);
            rest(turn, candidate.member);
        }
    }

    private static void warnUnreachable(Turn turn, Candidate candidate) {
        turn.warn("Node " + candidate.member.where()
                + " speaks to this node but does not answer at that address. Check the"
                + " address that it gives to others.");
    }

    private void forget(NodeId id) {
        knocking.remove(id);
        mentioned.remove(id);
    }

    private void rest(Turn turn, Member member) {
        resting.remove(member.home());
        resting.put(member.home(), turn.now() + REST_MILLIS);
        if (resting.size() > WAITING_MAX) {
            resting.remove(resting.keySet().iterator().next());
        }
    }

    /** Lets in who has answered at its own address, unless a living member stands in its way. */
    void proven(Turn turn, Member member) {
        try {
            if (member.state() == MemberState.ALIVE && doorkeeper.isFree(turn, member)) {
                roster.admit(turn, member);
            }
        } catch (KvsException duplicate) {
            forget(member.id());
            rest(turn, member);
            turn.warn(duplicate.detail());
        }
    }

    /** One in the line. */
    private static final class Candidate {
        private final Member member;
        private long dueAt;
        private int attempts;
        private int silences;

        private Candidate(Member member, long now) {
            this.member = member;
            this.dueAt = now;
        }
    }
}
