package dev.kvs.membership;

import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import java.util.List;

/** What a message is for, beside the news that every message carries. */
sealed interface Content {
    /** Asks to become a member. */
    record Join() implements Content {}

    /** The answer to {@link Join}: you are one as soon as you have answered a probe. */
    record Welcome() implements Content {}

    /**
     * The answer to {@link Join} when a member that may be dead stands in the way: ask again.
     *
     * @param retryMillis when, from 1
     */
    record Wait(long retryMillis) implements Content {}

    /** All members that the sender knows; the question and the answer of an exchange. */
    record Exchange(List<Member> members) implements Content {
        public Exchange {
            members = List.copyOf(members);
        }
    }

    /** Asks whether this node, with this data directory, is alive. */
    record Probe(NodeId target, StoreId store) implements Content {}

    /** "I am here", whatever was asked. */
    record Ack() implements Content {}

    /**
     * Asks for a probe of a third node.
     *
     * @param ticket number of the asker's probe, named again in the {@link Report}
     * @param patienceMillis how long a report is of use
     */
    record ProbeFor(NodeId target, long ticket, long patienceMillis) implements Content {}

    /**
     * What became of a probe made for another. Its own request, so that nobody waits for it.
     *
     * @param reached whether the node answered
     */
    record Report(NodeId target, long ticket, boolean reached) implements Content {}
}
