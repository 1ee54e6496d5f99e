package dev.kvs.membership;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How membership is doing on this node.
 *
 * @param standing where it stands with its cluster
 * @param rival a living node that was met under this node's own name; somebody has to be renamed
 * @param awareness 0 when this node trusts its own senses, to 7 when it is short of time or network and probes slowly
 * @param candidates nodes that were mentioned and have not yet answered
 * @param clockAheadMillis how far its wall clock is ahead of the median of its living peers', negative when behind; empty
 *     when none has answered yet
 * @param work what it has done since the start
 */
public record MembershipStatus(
        Standing standing,
        Optional<Member> rival,
        int awareness,
        int candidates,
        OptionalLong clockAheadMillis,
        Work work) {
    /**
     * What this node has done for membership since its start.
     *
     * @param gossipRounds exchanges of the list begun
     * @param probes members probed
     * @param failedProbes probes that came to nothing, neither directly nor through others
     */
    public record Work(long gossipRounds, long probes, long failedProbes) {}
}
