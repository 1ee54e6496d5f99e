package dev.kvs.model;

import dev.kvs.platform.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of concurrent versions of one key: who wrote them, which one won and by which rule. At most one is open
 * for a key. It closes when a version arrives that has seen all of them. Immutable.
 *
 * @param id names the conflict on this node
 * @param rivals the versions concerned, the winner first, then as the order puts them; at least 2, at most {@link #MAX_RIVALS}
 * @param rule the step of {@link VersionOrder} that told the first two apart
 * @param times how many concurrent versions have arrived, those beyond {@link #MAX_RIVALS} included
 * @param firstMillis when this node saw it first, milliseconds since the epoch
 * @param lastMillis when a rival arrived last
 * @param vote how members voted; empty when nobody was asked
 * @param closing what ended it, null while it is open
 */
public record Conflict(
        UUID id,
        Key key,
        List<Rival> rivals,
        VersionOrder.Rule rule,
        int times,
        long firstMillis,
        long lastMillis,
        List<Ballot> vote,
        @Nullable Closing closing) {
    /** Losers beyond this are counted but not kept: as many as a history keeps by default. */
    public static final int MAX_RIVALS = 11;

    public Conflict {
        Check.that(rivals.size() >= 2 && rivals.size() <= MAX_RIVALS, "a conflict has rivals", rivals.size());
        rivals = List.copyOf(rivals);
        vote = List.copyOf(vote);
    }

    /** One of the concurrent versions: enough to explain the order and to find it in the history. */
    public record Rival(UUID uuid, Kind kind, long hlc, Origin origin, long sequence, VersionVector vector) {
        /** What a conflict keeps of a version. */
        public static Rival of(Version version) {
            return new Rival(
                    version.uuid(),
                    version.kind(),
                    version.hlc(),
                    version.origin(),
                    version.sequence(),
                    version.vector());
        }

        /** The dot of the version. */
        public Dot dot() {
            return new Dot(origin.store(), sequence);
        }
    }

    /** What a member answered: the rival it stored first, null when it had neither or gave no answer. */
    public record Ballot(NodeId member, @Nullable UUID choice) {}

    /** The version that has seen all rivals, and when it came, milliseconds since the epoch. */
    public record Closing(UUID by, long atMillis) {}

    /** The conflict of two concurrent versions. */
    public static Conflict between(UUID id, Version one, Version other, long nowMillis) {
        List<Rival> rivals = VersionOrder.INSTANCE.compare(one, other) >= 0
                ? List.of(Rival.of(one), Rival.of(other))
                : List.of(Rival.of(other), Rival.of(one));
        return new Conflict(
                id,
                one.key(),
                rivals,
                VersionOrder.INSTANCE.ruleFor(one, other),
                1,
                nowMillis,
                nowMillis,
                List.of(),
                null);
    }

    /**
     * This conflict with one more version in it.
     *
     * @param winner the key's winner now
     * @param loser the version that it beats
     */
    public Conflict joinedBy(Version winner, Version loser, long nowMillis) {
        List<Rival> all = new ArrayList<>(rivals.size() + 2);
        all.add(Rival.of(winner));
        addIfNew(all, Rival.of(loser));
        rivals.stream().sorted(Comparator.comparingLong(Rival::hlc).reversed()).forEach(rival -> addIfNew(all, rival));
        // A rival that another one has seen is history, not a rival any more.
        all.removeIf(rival -> all.stream().anyMatch(other -> dominates(other, rival)));
        if (all.size() < 2) {
            return this;
        }
        List<Rival> kept = all.subList(0, Math.min(all.size(), MAX_RIVALS));
        return new Conflict(
                id,
                key,
                kept,
                VersionOrder.INSTANCE.ruleFor(winner, loser),
                times + 1,
                firstMillis,
                nowMillis,
                vote,
                null);
    }

    /** Whoever has seen a version is dated after it; see decision 0010 for vectors that claim more. */
    private static boolean dominates(Rival one, Rival other) {
        return one.hlc() >= other.hlc() && one.vector().compare(other.vector()) == VersionVector.Relation.DOMINATES;
    }

    private static void addIfNew(List<Rival> all, Rival rival) {
        if (all.stream().noneMatch(known -> known.uuid().equals(rival.uuid()))) {
            all.add(rival);
        }
    }

    /** This conflict with the members' answers. */
    public Conflict votedOn(List<Ballot> ballots) {
        return new Conflict(id, key, rivals, rule, times, firstMillis, lastMillis, ballots, closing);
    }

    /** This conflict, ended by a version that has seen all its rivals. */
    public Conflict closedBy(UUID version, long nowMillis) {
        return new Conflict(
                id, key, rivals, rule, times, firstMillis, lastMillis, vote, new Closing(version, nowMillis));
    }

    /** Whether no version has seen all rivals yet. */
    public boolean isOpen() {
        return closing == null;
    }

    /** What a version must have seen to close this. */
    public VersionVector seenByAll() {
        VersionVector seen = VersionVector.EMPTY;
        for (Rival rival : rivals) {
            seen = seen.merge(rival.vector());
        }
        return seen;
    }

    /** Whether a version with this vector has seen all rivals. */
    public boolean isSettledBy(VersionVector vector) {
        VersionVector.Relation relation = vector.compare(seenByAll());
        return relation == VersionVector.Relation.DOMINATES || relation == VersionVector.Relation.EQUAL;
    }
}
