package dev.kvs.replication.gossip;

import dev.kvs.model.Conflict;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts a vote about two versions with the same timestamp. Pure. A rival wins with more votes than the other, if more than
 * half of the members have chosen one at all; otherwise the order of versions stands as it is.
 */
final class Tally {
    private Tally() {}

    /**
     * The rival that the members have chosen.
     *
     * @param members how many there are, those that did not answer included
     */
    static Optional<UUID> winner(List<Conflict.Ballot> ballots, int members, UUID one, UUID other) {
        long forOne =
                ballots.stream().filter(ballot -> one.equals(ballot.choice())).count();
        long forOther =
                ballots.stream().filter(ballot -> other.equals(ballot.choice())).count();
        if (2 * (forOne + forOther) <= members || forOne == forOther) {
            return Optional.empty();
        }
        return Optional.of(forOne > forOther ? one : other);
    }
}
