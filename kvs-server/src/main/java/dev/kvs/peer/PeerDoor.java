package dev.kvs.peer;

import dev.kvs.peer.session.AcceptedSessions;
import dev.kvs.peer.session.NodeCredentials;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.PeerRoute;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What this node offers to others: the opening of sessions, and a route for every {@link PeerPath}. */
public final class PeerDoor {
    private final AcceptedSessions sessions;
    private final List<PeerRoute> routes;

    /**
     * Makes the routes; they answer as soon as they are mounted.
     *
     * @param services what answers; a path without one is refused with {@code unknown_path}
     */
    public PeerDoor(
            NodeCredentials credentials, Map<PeerPath, Network.Service> services, Time time, Randomness randomness) {
        this.sessions = new AcceptedSessions(credentials, time, randomness);
        List<PeerRoute> all = new ArrayList<>();
        all.add(new SessionRoute(sessions));
        for (PeerPath path : PeerPath.values()) {
            all.add(new ServiceRoute(path, services.get(path), sessions));
        }
        this.routes = List.copyOf(all);
    }

    /** What to mount on the listener. */
    public List<PeerRoute> routes() {
        return routes;
    }

    /** How many sessions other nodes have with this one. */
    public int sessions() {
        return sessions.size();
    }
}
