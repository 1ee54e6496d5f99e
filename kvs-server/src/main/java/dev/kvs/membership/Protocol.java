package dev.kvs.membership;

import dev.kvs.membership.Content.Ack;
import dev.kvs.membership.Content.Exchange;
import dev.kvs.membership.Content.Join;
import dev.kvs.membership.Content.Probe;
import dev.kvs.membership.Content.ProbeFor;
import dev.kvs.membership.Content.Report;
import dev.kvs.membership.Content.Wait;
import dev.kvs.membership.Content.Welcome;
import dev.kvs.membership.Decision.Call;
import dev.kvs.membership.Decision.Heard;
import dev.kvs.membership.Decision.Letter;
import dev.kvs.membership.Decision.Reply;
import dev.kvs.membership.Decision.Step;
import dev.kvs.model.KvsException;
import dev.kvs.model.StoreId;
import dev.kvs.platform.PeerPath;
import dev.kvs.wire.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The whole of membership as a machine without clock, thread and IO: steps, requests and answers go in, decisions come out of
 * the {@link Turn}. Joins the mechanisms, each of which is a class of its own. Not safe for several threads: {@link
 * Membership} lets in one at a time.
 */
final class Protocol {
    /** How long a newcomer waits until it asks again: the probe of whoever stands in its way has ended by then. */
    private static final int WAIT_INTERVALS = 1;

    /** How often the outer bounds are looked at, in probe intervals. */
    private static final int SWEEP_INTERVALS = 10;

    /** Members told of a departure directly; up to nine nodes that is everybody. */
    private static final int FAREWELLS = 8;

    private final MembershipSettings settings;
    private final Roster roster;
    private final Awareness awareness = new Awareness();
    private final Mail mail;
    private final Detector detector;
    private final IndirectProbes indirectProbes;
    private final Doorkeeper doorkeeper;
    private final Rivals rivals;
    private final Candidates candidates;
    private final Hearsay hearsay;
    private final Exchanges exchanges;
    private final Joining joining;
    private final Reunion reunion;
    private final Draw draw;

    /** Counts the lives between joining and leaving, so that steps planned in an earlier one end. */
    private int life;

    private long sleptUntil = Long.MIN_VALUE;

    Protocol(MembershipSettings settings, Parts parts, Draw draw) {
        this.settings = settings;
        this.draw = draw;
        roster = new Roster(settings, parts);
        mail = new Mail(roster);
        detector = new Detector(settings, roster, mail, awareness, draw);
        indirectProbes = new IndirectProbes(roster, mail);
        doorkeeper = new Doorkeeper(roster, detector);
        rivals = new Rivals(settings, roster, mail);
        candidates = new Candidates(settings, roster, mail, doorkeeper);
        hearsay = new Hearsay(roster, candidates, rivals, detector, awareness);
        exchanges = new Exchanges(settings, roster, mail, hearsay, draw);
        joining = new Joining(settings, roster, mail, exchanges, rivals, draw);
        reunion = new Reunion(settings, roster, mail, exchanges, draw);
    }

    /** Begins: asks the seeds, probes, gossips. */
    void join(Turn turn) {
        if (roster.self().hasLeft()) {
            roster.self().comeBack();
        }
        int present = ++life;
        long interval = settings.probeIntervalMillis();
        long reunionPause = Joining.REUNION_INTERVALS * interval;
        repeat(turn, present, 0, joining::round);
        // The first of each at a random moment of its pause, so that nodes started together do not march in step.
        repeat(turn, present, draw.between(0, interval), asMember(detector::tick, () -> awareness.scaled(interval)));
        repeat(turn, present, exchanges.pause(), asMember(exchanges::round, exchanges::pause));
        repeat(
                turn,
                present,
                draw.between(0, reunionPause),
                asMember(reunion::round, () -> draw.between(reunionPause / 2, reunionPause)));
        repeat(turn, present, SWEEP_INTERVALS * interval, asMember(roster::sweep, () -> SWEEP_INTERVALS * interval));
    }

    /** Asks one more seed to be let in; comes back first when this node has left. */
    void joinThrough(Turn turn, String seed, Consumer<String> answered) {
        if (roster.self().hasLeft()) {
            join(turn);
        }
        joining.through(turn, seed, answered);
    }

    /** What was done so far. */
    MembershipStatus.Work work() {
        return new MembershipStatus.Work(exchanges.rounds(), detector.probes(), detector.failedProbes());
    }

    /** A round that rests while this node has given way to a rival. */
    private Round asMember(Step step, LongSupplier pause) {
        return turn -> {
            if (!roster.self().hasLeft()) {
                step.take(turn);
            }
            return pause.getAsLong();
        };
    }

    private void repeat(Turn turn, int present, long delayMillis, Round round) {
        turn.later(delayMillis, then -> {
            if (life != present) {
                return;
            }
            long pause = settings.probeIntervalMillis();
            try {
                pause = round.go(then);
            } finally {
                repeat(then, present, pause, round); // A round that fails must not be the last.
            }
        });
    }

    /** Takes a planned step. When it is late, this node has stood still, and the others get the time back. */
    void step(Turn turn, Step step) {
        long due = turn.now() - turn.late();
        long slept = turn.now() - Math.max(due, sleptUntil);
        if (slept >= settings.probeIntervalMillis()) {
            sleptUntil = turn.now();
            roster.postpone(slept);
            awareness.worsen();
        }
        step.take(turn);
    }

    /** Says goodbye, and decides {@link Decision.Gone} when enough members have heard it or had the time to. */
    void leave(Turn turn) {
        life++;
        List<Peer> told = draw.some(roster.list().live(), FAREWELLS);
        roster.self().leave();
        if (told.isEmpty()) {
            turn.gone();
        }
        AtomicInteger open = new AtomicInteger(told.size());
        for (Peer peer : told) {
            Probe farewell = new Probe(peer.member().id(), peer.member().store());
            turn.send(mail.toPeer(peer, PeerPath.PROBE, settings.probeIntervalMillis(), farewell, (then, _) -> {
                if (open.decrementAndGet() == 0) {
                    then.gone();
                }
            }));
        }
    }

    /** Says to everybody that this node does something else with its clients' writes. */
    void changeMode(String mode) {
        if (!roster.self().member().mode().equals(mode)) {
            roster.self().changeMode(mode);
            roster.announceSelf();
        }
    }

    /** Says to everybody that this node's data directory goes by another name; they let it in again under that. */
    void changeStore(StoreId store) {
        roster.self().changeStore(store);
        roster.announceSelf();
    }

    /**
     * Answers a request of a node of this cluster.
     *
     * @throws KvsException when it is refused
     */
    Letter answer(Turn turn, PeerPath path, Message message) {
        Member from = message.from();
        if (!belongs(message.content(), path)) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST, "A message of this kind does not belong to " + path.path() + ".");
        }
        if (roster.self().hasLeft()) {
            return mail.answer(from, new Ack());
        }
        if (message.content() instanceof Join) {
            return mail.answer(from, welcome(turn, message));
        }
        hear(turn, message);
        meet(turn, from);
        return switch (message.content()) {
            case Exchange list -> {
                exchanges.hear(turn, from, list);
                yield mail.answer(from, exchanges.everything());
            }
            case ProbeFor request -> {
                indirectProbes.probe(turn, from, request);
                yield mail.answer(from, new Ack());
            }
            case Report report -> {
                detector.reported(turn, report);
                yield mail.answer(from, new Ack());
            }
            case Probe _, Join _, Welcome _, Wait _, Ack _ -> mail.answer(from, new Ack());
        };
    }

    private static boolean belongs(Content content, PeerPath path) {
        return switch (content) {
            case Join _ -> path == PeerPath.JOIN;
            case Exchange _ -> path == PeerPath.GOSSIP;
            case Probe _ -> path == PeerPath.PROBE;
            case ProbeFor _, Report _ -> path == PeerPath.PROBE_FOR;
            case Welcome _, Wait _, Ack _ -> false;
        };
    }

    private Content welcome(Turn turn, Message message) {
        Member from = message.from();
        boolean self = from.sameHome(roster.self().member());
        if (!self && from.id().equals(roster.self().id())) {
            rivals.note(turn, from);
        }
        if (!self && !doorkeeper.isFree(turn, from)) {
            return new Wait(WAIT_INTERVALS * settings.probeIntervalMillis());
        }
        hear(turn, message);
        meet(turn, from);
        return new Welcome();
    }

    /** The answer to a request has come, from a node of this cluster. */
    void replied(Turn turn, Call call, Message message) {
        Member from = message.from();
        if (message.content() instanceof Wait) {
            hearOfSelf(turn, message); // Not let in yet: whom this node knows is not its business.
        } else if (!roster.self().hasLeft()) {
            hear(turn, message);
            if (from.address().equals(call.address())) {
                metAtHome(turn, from);
            } else {
                meet(turn, from);
            }
        }
        call.then().on(turn, new Heard(from, message.content()));
    }

    /** The request has come to nothing. */
    void failed(Turn turn, Call call, Reply reply) {
        call.then().on(turn, reply);
    }

    private void hear(Turn turn, Message message) {
        for (Claim claim : message.changes()) {
            hearsay.hear(turn, claim, message.from().id());
        }
    }

    private void hearOfSelf(Turn turn, Message message) {
        for (Claim claim : message.changes()) {
            if (claim.member().id().equals(roster.self().id())) {
                hearsay.hear(turn, claim, message.from().id());
            }
        }
    }

    /** A node has spoken, from wherever. */
    private void meet(Turn turn, Member from) {
        if (isSelf(turn, from)) {
            return;
        }
        Peer peer = roster.list().get(from.id());
        if (peer != null && peer.member().sameHome(from)) {
            roster.heard(turn, peer, from);
        } else if (from.state() == MemberState.ALIVE) {
            candidates.spoke(turn, from);
        }
    }

    /** A node has answered at the address that it says is its own. */
    private void metAtHome(Turn turn, Member from) {
        if (isSelf(turn, from)) {
            return;
        }
        Peer peer = roster.list().get(from.id());
        if (peer != null && peer.member().sameHome(from)) {
            roster.admit(turn, from);
        } else {
            candidates.proven(turn, from);
        }
    }

    private boolean isSelf(Turn turn, Member from) {
        Member self = roster.self().member();
        boolean ourName = from.id().equals(self.id());
        if (ourName && !from.sameHome(self)) {
            rivals.met(turn, from);
        }
        return ourName;
    }

    /** Whether the node is on the list, where it says it is, and not known to have failed. */
    boolean isMember(Member from) {
        Peer peer = roster.list().get(from.id());
        return peer != null && peer.isLive() && peer.member().sameHome(from);
    }

    Roster roster() {
        return roster;
    }

    Standing standing() {
        return joining.standing();
    }

    Optional<Member> rival(long nowMillis) {
        return rivals.rival(nowMillis);
    }

    int awareness() {
        return awareness.score();
    }

    int candidates() {
        return candidates.size();
    }

    /** Something done again and again. */
    @FunctionalInterface
    private interface Round {
        /** Does it, and says how many milliseconds to wait until the next time. */
        long go(Turn turn);
    }
}
