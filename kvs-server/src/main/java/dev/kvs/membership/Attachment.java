package dev.kvs.membership;

import dev.kvs.model.NodeId;

/**
 * What travels along with probes and gossip for somebody else, a knowledge vector for instance. Called on any thread, never
 * under a lock of membership; must come back at once.
 */
public interface Attachment {
    /** Most bytes of an attachment: in base 64 two thirds of the largest probe. */
    int BYTES_MAX = 32 << 10;

    /** What this node sends along, at most {@link #BYTES_MAX} bytes; nobody changes it afterwards. May be empty. */
    byte[] outgoing();

    /**
     * What a member has sent along. Messages overtake each other: an older one may come after a newer.
     *
     * @param from a member that is not known to have failed
     * @param bytes 1 to {@link #BYTES_MAX}, otherwise unchecked
     */
    void incoming(NodeId from, byte[] bytes);

    /** Sends nothing and reads nothing. */
    static Attachment none() {
        return new Attachment() {
            private static final byte[] NOTHING = new byte[0];

            @Override
            public byte[] outgoing() {
                return NOTHING;
            }

            @Override
            public void incoming(NodeId from, byte[] bytes) {
                // Nobody here waits for it.
            }
        };
    }
}
