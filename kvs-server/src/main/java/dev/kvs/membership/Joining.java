package dev.kvs.membership;

import dev.kvs.membership.Content.Join;
import dev.kvs.membership.Content.Wait;
import dev.kvs.membership.Content.Welcome;
import dev.kvs.membership.Decision.Heard;
import dev.kvs.membership.Decision.Refusal;
import dev.kvs.membership.Decision.Reply;
import dev.kvs.membership.Decision.Silence;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.platform.PeerPath;
import dev.kvs.wire.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks seeds to be let in, for as long as it takes, with pauses that grow and vary; any one of them is enough. A seed at which
 * no living member is known is asked again now and then for ever: that is how the two sides of a cut cluster find each other
 * even after each has taken the other off its list.
 */
final class Joining {
    /** Nodes started by one script are up within a second or two of each other. */
    private static final long PAUSE_FIRST_MILLIS = 200;

    /** The longest a node stays alone after its seed has come up. */
    private static final long PAUSE_MAX_MILLIS = 5_000;

    /** After a refusal only a person can help, and wants to see it work within the minute. */
    private static final long PAUSE_REFUSED_MILLIS = 30_000;

    private static final long TIMEOUT_MILLIS = 2_000;

    /** Asked at the same time; with a hundred seeds the others have their turn in the next rounds. */
    private static final int SEEDS_PER_ROUND = 5;

    /** Once in the cluster, a seed without a living member is asked every so many probe intervals. */
    static final int REUNION_INTERVALS = 10;

    private final MembershipSettings settings;
    private final Roster roster;
    private final Mail mail;
    private final Exchanges exchanges;
    private final Rivals rivals;
    private final Draw draw;

    private final Set<String> seeds;
    private final Map<String, NodeId> metAt = new HashMap<>();
    private final Map<String, String> silences = new HashMap<>();
    private final Map<String, List<Consumer<String>>> waiting = new HashMap<>();
    private int attempts;
    private String problem = "";
    private @Nullable Refusal refusal;

    Joining(MembershipSettings settings, Roster roster, Mail mail, Exchanges exchanges, Rivals rivals, Draw draw) {
        this.settings = settings;
        this.roster = roster;
        this.mail = mail;
        this.exchanges = exchanges;
        this.rivals = rivals;
        this.draw = draw;
        this.seeds = new LinkedHashSet<>(settings.seeds());
        seeds.remove(roster.self().member().address());
    }

    /** Where this node stands. */
    Standing standing() {
        Member superior = rivals.superior();
        if (superior != null) {
            return new Standing.Refused(
                    "duplicate_node", Doorkeeper.why(roster.self().member(), superior));
        }
        if (roster.self().hasLeft()) {
            return new Standing.Left();
        }
        if (!roster.list().isEmpty()) {
            return new Standing.Joined();
        }
        Optional<Standing> refused = Optional.ofNullable(refusal).map(r -> new Standing.Refused(r.code(), r.detail()));
        return refused.orElseGet(
                () -> seeds.isEmpty() ? new Standing.Founder() : new Standing.Joining(attempts, problem));
    }

    /** One round; says how long to wait for the next. */
    long round(Turn turn) {
        boolean alone = roster.list().isEmpty() || rivals.gaveWay();
        List<String> unmet =
                seeds.stream().filter(seed -> alone || !isLiveAt(seed)).toList();
        List<String> asked = draw.some(unmet, alone ? SEEDS_PER_ROUND : 1);
        asked.forEach(seed -> ask(turn, seed));
        attempts += asked.isEmpty() ? 0 : 1;
        return pause(alone);
    }

    private long pause(boolean alone) {
        if (rivals.gaveWay() || (alone && refusal != null)) {
            return varied(PAUSE_REFUSED_MILLIS);
        }
        if (!alone) {
            return varied(REUNION_INTERVALS * settings.probeIntervalMillis());
        }
        // Doubles each time; more than 2^10 times the first is above the limit anyway.
        return varied(Math.min(PAUSE_MAX_MILLIS, PAUSE_FIRST_MILLIS << Math.min(attempts, 10)));
    }

    /** Between half and the whole, so that nodes started together do not ask together. */
    private long varied(long millis) {
        return draw.between(millis / 2, millis);
    }

    /**
     * Asks one more seed, now; {@code answered} gets what is in the way, or nothing. Refuses more seeds than may be configured.
     */
    void through(Turn turn, String seed, Consumer<String> answered) {
        if (seeds.size() >= MembershipSettings.SEEDS_MAX && !seeds.contains(seed)) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "This node asks as many addresses as it may already.");
        }
        seeds.add(seed);
        waiting.computeIfAbsent(seed, _ -> new ArrayList<>()).add(answered);
        ask(turn, seed);
    }

    private void tellWaiting(Turn turn, String seed, String answer) {
        List<Consumer<String>> told = waiting.remove(seed);
        if (told != null) {
            told.forEach(one -> turn.answer(one, answer));
        }
    }

    private boolean isLiveAt(String seed) {
        NodeId met = metAt.get(seed);
        Peer peer = met == null ? null : roster.list().get(met);
        return (peer != null && peer.isLive())
                || roster.list().all().stream()
                        .anyMatch(known ->
                                known.isLive() && known.member().address().equals(seed));
    }

    private void ask(Turn turn, String seed) {
        turn.send(mail.toAddress(
                seed, PeerPath.JOIN, TIMEOUT_MILLIS, new Join(), (then, reply) -> answered(then, seed, reply)));
    }

    private void answered(Turn turn, String seed, Reply reply) {
        switch (reply) {
            case Heard(Member from, Welcome _) -> welcomed(turn, seed, from);
            case Heard(Member from, Wait(long retryMillis)) -> {
                problem = seed + " is still looking for another member that has this node's name, address or data";
                turn.later(retryMillis, then -> ask(then, seed));
            }
            case Heard(Member from, Content other) -> {
                problem = seed + " gave an answer that makes no sense";
                tellWaiting(turn, seed, problem);
            }
            case Refusal refused -> {
                refusal = refused;
                problem = refused.detail();
                tellWaiting(turn, seed, problem);
                turn.warn("The seed " + seed + " refuses this node (" + refused.code() + "): " + refused.detail());
            }
            case Silence(String detail) -> silent(turn, seed, detail);
        }
    }

    /** Said once for each reason, for a wrong secret or address shows in no other way. */
    private void silent(Turn turn, String seed, String detail) {
        problem = detail;
        tellWaiting(turn, seed, detail);
        if (!detail.equals(silences.put(seed, detail))) {
            turn.warn("The seed " + seed + " has not let this node in and will be asked again: " + detail);
        }
    }

    private void welcomed(Turn turn, String seed, Member from) {
        refusal = null;
        silences.remove(seed);
        if (from.sameHome(roster.self().member())) {
            seeds.remove(seed); // Another name of this very node.
            tellWaiting(turn, seed, "That is this node itself.");
            return;
        }
        metAt.put(seed, from.id());
        tellWaiting(turn, seed, "");
        if (rivals.gaveWay()) {
            rivals.forgive();
            roster.self().comeBack();
            roster.announceSelf();
        }
        exchanges.with(turn, seed);
        exchanges.settleIn(turn);
    }
}
