package dev.kvs.peer;

import java.util.LinkedHashMap;
import java.util.function.Function;

/**
 * The lines to other nodes, by address; the one that was used longest ago makes room for a new one. A line that is let go ends
 * with its last call. Safe for concurrent use.
 */
final class PeerLines {
    /** More than a cluster has nodes; fewer than a peer could invent addresses. */
    static final int MOST = 1024;

    private static final float LOAD_FACTOR = 0.75f;

    private final Function<PeerAddress, PeerLine> opening;
    private final LinkedHashMap<PeerAddress, PeerLine> byAddress = new LinkedHashMap<>(16, LOAD_FACTOR, true);

    PeerLines(Function<PeerAddress, PeerLine> opening) {
        this.opening = opening;
    }

    synchronized PeerLine to(PeerAddress address) {
        PeerLine line = byAddress.get(address);
        if (line == null) {
            line = opening.apply(address);
            byAddress.put(address, line);
            if (byAddress.size() > MOST) {
                byAddress.pollFirstEntry();
            }
        }
        return line;
    }
}
