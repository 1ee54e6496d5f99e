package dev.kvs.platform;

/**
 * The listening side of {@link Network}: a path of the node's listener that is for nodes alone. {@code peer} answers there,
 * {@code http} mounts it, and neither knows the other. Only POST, bytes in and bytes out.
 *
 * <p>Both methods are called on any thread, many at a time. They refuse with the model's exception for refusals, which becomes
 * a problem document; whatever else they throw is a fault of this node.
 */
public interface PeerRoute {
    /** On a call: what proves who calls. On its answer: what proves who answers. */
    String PROOF_HEADER = "KVS-Node-Proof";

    /** Where it is mounted, for example {@code /internal/push}. */
    String path();

    /** Longest body that is read, in bytes. */
    int bodyBytesMax();

    /**
     * Refuses callers that cannot be a node before their body is read, so that a stranger costs no more than a header.
     *
     * @param proof the header as it came, of any form and length; empty when there was none
     */
    void admit(String proof);

    /** Answers a call that was admitted, or refuses it after all. */
    Answer answer(String proof, byte[] body);

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param proof the header to send; empty for none
     * @param body must not be changed
     */
    record Answer(int status, String proof, byte[] body) {}
}
