package dev.kvs.membership;

import dev.kvs.platform.PeerPath;
import java.util.List;
import java.util.function.Consumer;

/** What the protocol wants done: it decides, {@link Membership} acts. */
sealed interface Decision {
    /** Take {@code step} after {@code delayMillis}. */
    record Later(long delayMillis, Step step) implements Decision {}

    /** Send a request, and give {@code then} what comes of it. */
    record Call(String address, PeerPath path, long timeoutMillis, Letter letter, ReplyHandler then)
            implements Decision {}

    /** Tell the listener. */
    record Tell(MemberEvent event) implements Decision {}

    /** Write a line for people to the log. */
    record Warn(String text) implements Decision {}

    /** The goodbye has been said. */
    record Gone() implements Decision {}

    /** Tell who waits for it what a seed has said: what is in the way, empty when nothing is. */
    record Answer(Consumer<String> waiting, String problem) implements Decision {}

    /** A message as the protocol makes it, before clock and attachment are added. */
    record Letter(Member from, List<Claim> changes, Content content) {}

    /** Something to do at its time. */
    @FunctionalInterface
    interface Step {
        void take(Turn turn);
    }

    /** Something to do with an answer. */
    @FunctionalInterface
    interface ReplyHandler {
        void on(Turn turn, Reply reply);
    }

    /** What comes of a request. */
    sealed interface Reply {}

    /** An answer that could be read, of a node of this cluster. */
    record Heard(Member from, Content content) implements Reply {}

    /** The other node refused, or is of another cluster. */
    record Refusal(String code, String detail) implements Reply {}

    /** No answer in time, or nonsense. */
    record Silence(String detail) implements Reply {}
}
