package dev.kvs.peer;

import dev.kvs.http.PeerListener;
import dev.kvs.model.NodeId;
import dev.kvs.peer.session.NodeCredentials;
import dev.kvs.platform.Network;
import dev.kvs.platform.Network.Outcome;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.PeerRoute;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A node on a real port, as far as other nodes see it. Can forget its sessions, as a restart does, and lie. */
final class LiveNode implements AutoCloseable {
    static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    static final long PATIENCE_MILLIS = 20_000;

    final HttpNetwork network;
    final AtomicInteger handshakes = new AtomicInteger();
    private final NodeCredentials credentials;
    private final Map<PeerPath, Network.Service> services;
    private final PeerListener listener;
    private volatile PeerDoor door;
    private volatile UnaryOperator<PeerRoute.Answer> lie = UnaryOperator.identity();

    LiveNode(NodeCredentials credentials, Map<PeerPath, Network.Service> services) throws IOException {
        this.credentials = credentials;
        this.services = services;
        this.network = new HttpNetwork(credentials, Optional.empty(), new SystemTime(), new SystemRandomness());
        this.door = new PeerDoor(credentials, services, new SystemTime(), new SystemRandomness());
        List<PeerRoute> mounted = new ArrayList<>();
        for (int i = 0; i < door.routes().size(); i++) {
            mounted.add(new Mounted(i));
        }
        this.listener = PeerListener.open(mounted);
    }

    static NodeCredentials credentials(String cluster, String node, byte[] secret) {
        return new NodeCredentials(cluster, new NodeId(node), secret);
    }

    static LiveNode of(String node, Map<PeerPath, Network.Service> services) throws IOException {
        return new LiveNode(credentials("cluster-1", node, SECRET), services);
    }

    /** Whatever the door of the moment says. */
    private final class Mounted implements PeerRoute {
        private final int index;

        Mounted(int index) {
            this.index = index;
        }

        private PeerRoute route() {
            return door.routes().get(index);
        }

        @Override
        public String path() {
            return route().path();
        }

        @Override
        public int bodyBytesMax() {
            return route().bodyBytesMax();
        }

        @Override
        public void admit(String proof) {
            route().admit(proof);
        }

        @Override
        public Answer answer(String proof, byte[] body) {
            if (index == 0) {
                handshakes.incrementAndGet();
                return route().answer(proof, body);
            }
            return lie.apply(route().answer(proof, body));
        }
    }

    String address() {
        return listener.address();
    }

    int sessions() {
        return door.sessions();
    }

    /** Forgets every session. */
    void restart() {
        door = new PeerDoor(credentials, services, new SystemTime(), new SystemRandomness());
    }

    /** What is done to every answer of a service before it is sent. */
    void lie(UnaryOperator<PeerRoute.Answer> change) {
        lie = change;
    }

    CompletableFuture<Outcome> begin(String address, PeerPath path, byte[] body, long timeoutMillis) {
        return begin(network, address, path, body, timeoutMillis);
    }

    static CompletableFuture<Outcome> begin(
            Network network, String address, PeerPath path, byte[] body, long timeoutMillis) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        network.call(address, path, body, timeoutMillis, result -> {
            if (!outcome.complete(result)) {
                outcome.obtrudeException(new AssertionError("a second outcome: " + result));
            }
        });
        return outcome;
    }

    Outcome call(LiveNode other, PeerPath path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return await(begin(other.address(), path, bytes, PATIENCE_MILLIS));
    }

    static Outcome await(CompletableFuture<Outcome> outcome) {
        try {
            return outcome.get(PATIENCE_MILLIS + 5_000, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("no outcome", e);
        }
    }

    /** An outcome in one line. */
    static String shown(Outcome outcome) {
        return switch (outcome) {
            case Network.Answered answered -> "answered " + new String(answered.body(), StandardCharsets.UTF_8);
            case Network.Refused refused -> "refused " + refused.code() + ": " + refused.detail();
            case Network.Unreachable unreachable -> "unreachable: " + unreachable.detail();
        };
    }

    @Override
    public void close() {
        network.close();
        listener.close();
    }
}
