package dev.kvs.http;

import dev.kvs.platform.PeerRoute;
import java.io.IOException;
import java.util.List;

/** The node's real listener with what nodes ask nodes mounted, for tests of other rooms. */
public final class PeerListener implements AutoCloseable {
    private final Door door;

    private PeerListener(Door door) {
        this.door = door;
    }

    /** Listens on a free port. */
    public static PeerListener open(List<? extends PeerRoute> routes) throws IOException {
        return new PeerListener(Door.open(routes));
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + door.port();
    }

    @Override
    public void close() {
        door.close();
    }
}
