package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.platform.PeerRoute;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.util.List;
import java.util.Set;

/**
 * Mounts what nodes ask nodes. The door knows nothing of it but a bound, and with mutual TLS that callers show a certificate:
 * what is behind proves for itself who calls. These
 * routes are no part of the public API, and so not in its description.
 */
final class PeerRoutes {
    private static final HeaderName PROOF = HeaderNames.create(PeerRoute.PROOF_HEADER);
    private static final Header MEDIA_TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, MediaTypes.OCTET_STREAM);

    private final List<PeerRoute> peers;
    private final boolean certificateNeeded;

    /**
     * Nothing is mounted yet.
     *
     * @param certificateNeeded whether a caller must have shown a certificate when it connected
     */
    PeerRoutes(List<? extends PeerRoute> peers, boolean certificateNeeded) {
        this.peers = List.copyOf(peers);
        this.certificateNeeded = certificateNeeded;
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

    private void answer(PeerRoute peer, Exchange exchange) {
        if (certificateNeeded && !exchange.showsCertificate()) {
            throw new KvsException(
                    ErrorCode.FORBIDDEN,
                    "Nodes show each other certificates here, and this caller has shown none. Give every member"
                            + " tls_cert_file, tls_key_file and tls_client_ca_file.");
        }
        String proof = exchange.headers().contains(PROOF)
                ? exchange.headers().get(PROOF).get()
                : "";
        peer.admit(proof);
        PeerRoute.Answer answer = peer.answer(proof, exchange.bytesOfNode(peer.bodyBytesMax()));
        exchange.header(MEDIA_TYPE);
        if (!answer.proof().isEmpty()) {
            exchange.header(PROOF, answer.proof());
        }
        exchange.send(Status.create(answer.status()), answer.body());
    }
}
