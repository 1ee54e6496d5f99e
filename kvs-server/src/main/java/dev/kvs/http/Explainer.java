package dev.kvs.http;

import dev.kvs.model.Conflict;
import dev.kvs.model.Conflict.Rival;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.model.VersionOrder.Rule;
import dev.kvs.model.VersionVector.Relation;
import dev.kvs.replication.Reader;
import dev.kvs.wire.Explanation;
import dev.kvs.wire.Paths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells why a key stands for the version it stands for, in sentences that a person can check against the numbers beside them.
 * It decides nothing: the order is {@link VersionOrder}'s, and what is told here is read off the versions once more.
 */
final class Explainer {
    private static final String ONLY_VERSION = "only_version";
    private static final String HAS_SEEN_ALL = "has_seen_all";

    /** A browsable answer: a history keeps 10 revisions by default, a conflict 11 rivals at most. */
    private static final int CANDIDATES_MAX = 32;

    private final Key key;
    private final List<Reader.Revision> history;
    private final @Nullable Conflict conflict;
    private final String server;
    private final boolean guarded;
    private final Rival winner;
    private final List<Rival> candidates = new ArrayList<>();
    private final Set<UUID> kept;
    private final List<String> steps = new ArrayList<>();

    /**
     * Explains one key.
     *
     * @param history what is kept of it, the winner first; not empty
     * @param conflict its conflict, open or closed
     * @param server the node's base URL, for lines to copy
     * @param guarded whether these need a token
     */
    Explainer(Key key, List<Reader.Revision> history, @Nullable Conflict conflict, String server, boolean guarded) {
        this.guarded = guarded;
        this.key = key;
        this.history = history;
        this.conflict = conflict;
        this.server = server;
        this.winner = Rival.of(history.getFirst().version());
        this.kept = Rivals.restorable(history);
        history.forEach(revision -> add(Rival.of(revision.version())));
        if (conflict != null) {
            conflict.rivals().forEach(this::add);
        }
    }

    private void add(Rival rival) {
        boolean known = candidates.stream().anyMatch(other -> other.uuid().equals(rival.uuid()));
        if (!known && candidates.size() < CANDIDATES_MAX) {
            candidates.add(rival);
        }
    }

    Explanation explain() {
        List<Rival> losers = candidates.stream().filter(this::lost).toList();
        Told told = losers.isEmpty() ? settled() : disputed(losers);
        stateOfTheKey();
        return new Explanation(
                key.toString(),
                told.verdict(),
                told.rule(),
                steps,
                candidates.stream()
                        .map(rival -> Rivals.wire(rival, winner.uuid(), kept))
                        .toList(),
                conflict == null ? null : conflict.id(),
                conflict == null ? null : conflict.isOpen() ? "open" : "closed",
                conflict == null ? List.of() : Rivals.votes(conflict),
                restoring());
    }

    /** The answer in one sentence, and the word for the rule. */
    private record Told(String verdict, String rule) {}

    private boolean lost(Rival rival) {
        return !rival.uuid().equals(winner.uuid()) && relation(rival) != Relation.DOMINATED;
    }

    private Relation relation(Rival rival) {
        return rival.vector().compare(winner.vector());
    }

    /** Every other version was seen by the winner when it was written. */
    private Told settled() {
        if (candidates.size() == 1) {
            steps.add(sentence(described(winner)) + " is the only version of this key that is kept here.");
            return new Told("It is the only version.", ONLY_VERSION);
        }
        if (winner.kind() == Kind.VERDICT) {
            return voted();
        }
        steps.add(sentence(described(winner)) + " is the newest of " + candidates.size()
                + " versions that are known here.");
        steps.add(
                "Whoever wrote it had been shown all the others: its vector contains each of them, so it replaces them"
                        + " whatever the clocks say.");
        closing();
        return new Told("It was written last, by somebody who had seen all other versions.", HAS_SEEN_ALL);
    }

    private Told voted() {
        steps.add(
                "Several versions carried exactly the same clock, " + clock(winner) + ", and had not seen each other.");
        votes();
        String told = "The members preferred another version than the order of versions does, so "
                + winner.origin().node() + " wrote that one's document again as a verdict, which ranks above both.";
        steps.add(told);
        steps.add("The verdict carries the contested clock, so whatever is written later still replaces it.");
        closing();
        return new Told(told, Rivals.word(Rule.VERDICT));
    }

    private Told disputed(List<Rival> losers) {
        Rival loser = losers.getFirst();
        steps.add(named(winner) + " and " + others(losers) + " were written without knowing of each other.");
        steps.add(named(winner) + ": " + described(winner) + ". It had seen " + winner.vector() + ".");
        losers.forEach(
                rival -> steps.add(named(rival) + ": " + described(rival) + ". It had seen " + rival.vector() + "."));
        boolean vectorsTell = losers.stream().allMatch(rival -> relation(rival) == Relation.CONCURRENT);
        steps.add(
                vectorsTell
                        ? "None of these vectors contains another's write, so nobody meant to replace anybody, and the"
                                + " order of versions decides; every node decides the same."
                        : "A vector here claims to have seen a later write, or one that has its own number: a data"
                                + " directory was an older copy of itself for a while. Such a claim does not count; the"
                                + " order of versions decides, and every node decides the same.");
        Rule rule = ruleFor(winner, loser);
        String why = why(rule, loser);
        steps.add(why);
        votes();
        closing();
        return new Told(why, Rivals.word(rule));
    }

    private static String others(List<Rival> losers) {
        return losers.size() == 1 ? "the " + description(losers.getFirst()) : losers.size() + " other versions";
    }

    /** The rule between two versions that are both still here is computed; of one that is gone the record tells it. */
    private Rule ruleFor(Rival best, Rival loser) {
        Version one = find(best.uuid());
        Version other = find(loser.uuid());
        if (one != null && other != null) {
            return VersionOrder.INSTANCE.ruleFor(one, other);
        }
        return conflict == null ? Rule.LATER_TIMESTAMP : conflict.rule();
    }

    private @Nullable Version find(UUID uuid) {
        return history.stream()
                .map(Reader.Revision::version)
                .filter(version -> version.uuid().equals(uuid))
                .findFirst()
                .orElse(null);
    }

    private String why(Rule rule, Rival loser) {
        String same = "Both carry exactly the same clock, " + clock(winner) + ". ";
        return switch (rule) {
            case LATER_TIMESTAMP ->
                named(winner) + " wins because its clock is later: " + clock(winner) + " against " + clock(loser) + ".";
            case VERDICT -> same + named(winner) + " wins because it is the verdict of a vote among the members.";
            case OLDEST_NODE ->
                same + named(winner) + " wins because its node, "
                        + winner.origin().node() + ", is older: it joined at "
                        + moment(winner.origin().joinedMillis()) + ", "
                        + loser.origin().node() + " at "
                        + moment(loser.origin().joinedMillis()) + ".";
            case SMALLER_UUID ->
                same + "Their nodes joined at the same moment, too. " + named(winner)
                        + " wins because its UUID is the smaller one.";
            case GREATER_DIGEST ->
                same + "Nodes and UUIDs are the same, too. " + named(winner) + " wins because its digest is greater.";
            case SAME -> same + "They are the same version.";
        };
    }

    private void votes() {
        if (conflict != null && !conflict.vote().isEmpty()) {
            conflict.vote()
                    .forEach(ballot -> steps.add(ballot.member() + " was asked and "
                            + (ballot.choice() == null
                                    ? "had no opinion."
                                    : "had stored " + ballot.choice() + " first.")));
        }
    }

    private void closing() {
        if (conflict == null) {
            return;
        }
        Conflict.Closing closing = conflict.closing();
        steps.add(
                closing == null
                        ? "The conflict is open. The next write of this key settles it, because its writer will have"
                                + " been shown the winner."
                        : "A conflict of " + conflict.times() + " concurrent writes was settled at "
                                + moment(closing.atMillis()) + " by " + closing.by() + ", which had seen all of them.");
    }

    private void stateOfTheKey() {
        if (winner.kind() == Kind.TOMBSTONE) {
            steps.add("The winner is a deletion, so reading the key answers 404.");
        }
    }

    private List<Explanation.Restoring> restoring() {
        return candidates.stream()
                .filter(rival -> !rival.uuid().equals(winner.uuid()) && kept.contains(rival.uuid()))
                .map(rival -> new Explanation.Restoring(rival.uuid(), curl(rival.uuid())))
                .toList();
    }

    /** Safe to paste: of a key, {@link Paths} leaves nothing that a shell could take for its own. */
    private String curl(UUID revision) {
        return "curl -X POST '" + server + Paths.key(key.toString()) + "/_restore'"
                + (guarded ? " -H \"Authorization: Bearer $KVSCTL_TOKEN\"" : "")
                + " -H 'Content-Type: application/json' -d '{\"revision\":\"" + revision + "\"}'";
    }

    private static String named(Rival rival) {
        return "The " + description(rival);
    }

    private static String description(Rival rival) {
        return "version of " + rival.origin().node() + " (" + rival.uuid() + ")";
    }

    private static String described(Rival rival) {
        String kind = switch (rival.kind()) {
            case LIVE -> "a document";
            case TOMBSTONE -> "a deletion";
            case VERDICT -> "the verdict of a vote";
        };
        return kind + " written by " + rival.origin().node() + " at clock " + clock(rival) + ", as write "
                + rival.sequence() + " of store " + rival.origin().store();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** {@code 2026-01-31T12:00:00Z + 3}: the millisecond and the counter. */
    private static String clock(Rival rival) {
        return moment(Hlc.millis(rival.hlc())) + " + " + Hlc.counter(rival.hlc());
    }

    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
