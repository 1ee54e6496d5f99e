package dev.kvs.http;

import dev.kvs.platform.PeerRoute;
import dev.kvs.wire.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.util.List;
import java.util.Set;

/**
 * Mounts what nodes ask nodes. The door knows nothing of it but a bound: what is behind proves for itself who calls. These
 * routes are no part of the public API, and so not in its description.
 */
final class PeerRoutes {
    private static final HeaderName PROOF = HeaderNames.create(PeerRoute.PROOF_HEADER);
    private static final Header MEDIA_TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, MediaTypes.OCTET_STREAM);

    private final List<PeerRoute> peers;

    PeerRoutes(List<? extends PeerRoute> peers) {
        this.peers = List.copyOf(peers);
    }

    List<Route> routes() {
        return peers.stream()
                .map(peer -> new Route(
                        "POST",
                        peer.path(),
                        Set.of(),
                        List.of(MediaTypes.OCTET_STREAM),
                        Access.NODE,
                        exchange -> answer(peer, exchange)))
                .toList();
    }

    private static void answer(PeerRoute peer, Exchange exchange) {
        String proof = exchange.headers().contains(PROOF)
                ? exchange.headers().get(PROOF).get()
                : "";
        peer.admit(proof);
        PeerRoute.Answer answer = peer.answer(proof, exchange.bytes(peer.bodyBytesMax()));
        exchange.header(MEDIA_TYPE);
        if (!answer.proof().isEmpty()) {
            exchange.header(PROOF, answer.proof());
        }
        exchange.send(Status.create(answer.status()), answer.body());
    }
}
