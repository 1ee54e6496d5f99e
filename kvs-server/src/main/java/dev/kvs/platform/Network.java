package dev.kvs.platform;

import java.util.function.Consumer;

/**
 * The port through which nodes talk to nodes: a request with a body, answered once. Real: {@code HttpNetwork} in {@code peer}.
 * Simulated: {@code SimNetwork} in the tests, which loses, delays, repeats and reorders.
 *
 * <p>Bodies are at most a few mebibytes; who is at the other end has been proven by the cluster's secret before a body is
 * looked at.
 */
public interface Network {
    /** Longest answer, in bytes: as long as the longest request. */
    int ANSWER_BYTES_MAX = 8 << 20;

    /**
     * Longest document that a node takes from a client, in bytes: what cannot be sent to other nodes is not stored. The mebibyte
     * that is left is for half a mebibyte of other documents before it, its key, and some 10,000 stores in its vector and in
     * what the sender knows.
     */
    int DOCUMENT_BYTES_MAX = ANSWER_BYTES_MAX - (1 << 20);

    /**
     * Sends a request and hands the outcome to {@code then}, exactly once, on any thread, also when nobody answers. Returns at
     * once. What {@code then} does may block.
     *
     * @param address {@code host:port} of the other node
     * @param path one of {@link PeerPath}
     * @param body must not be changed afterwards
     * @param timeoutMillis from 1; after it the outcome is {@link Unreachable}, though the request may still have effect
     */
    void call(String address, PeerPath path, byte[] body, long timeoutMillis, Consumer<Outcome> then);

    /** What became of a request. */
    sealed interface Outcome {}

    /**
     * The other node has answered.
     *
     * @param body must not be changed
     */
    record Answered(byte[] body) implements Outcome {}

    /**
     * The other node has refused.
     *
     * @param code the stable word of the refusal, as in a problem document
     * @param detail what was wrong and what to do
     */
    record Refused(String code, String detail) implements Outcome {}

    /** Nobody answered in time, or what answered did not prove that it belongs to the cluster. */
    record Unreachable(String detail) implements Outcome {}

    /** The answering side of a path. Called on any thread, many at a time; may block. */
    @FunctionalInterface
    interface Service {
        /**
         * Answers a request.
         *
         * @param caller node id that the other side has proven to speak for
         * @param body at most {@link PeerPath#maxBytes}; must not be changed
         * @return at most {@link #ANSWER_BYTES_MAX}; must not be changed afterwards
         */
        byte[] answer(String caller, byte[] body);
    }
}
