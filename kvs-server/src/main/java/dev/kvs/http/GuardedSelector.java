package dev.kvs.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ProtocolConfig;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes every connection before its first byte, so that one which never says anything is bounded too: the server's own
 * selection waits for that byte without a limit and outside its idle check.
 */
final class GuardedSelector implements ServerConnectionSelector {
    private final @Nullable TlsHandshake handshake;
    private final ServerConnectionSelector http1;
    private final ServerConnectionSelector http2;
    private final Deadlines deadlines;
    private final UnreadInput unreadInput;
    private final OpenStreams streams;
    private final DoorSettings settings;

    /**
     * Guards the server's two protocols.
     *
     * @param handshake null when the door speaks no TLS
     */
    GuardedSelector(
            @Nullable TlsHandshake handshake,
            ServerConnectionSelector http1,
            ServerConnectionSelector http2,
            Deadlines deadlines,
            UnreadInput unreadInput,
            OpenStreams streams,
            DoorSettings settings) {
        this.handshake = handshake;
        this.http1 = http1;
        this.http2 = http2;
        this.deadlines = deadlines;
        this.unreadInput = unreadInput;
        this.streams = streams;
        this.settings = settings;
    }

    /**
     * Takes the place of a protocol that the server would add by itself: with several selectors it waits for the first
     * byte before it asks any.
     */
    private record Claimed(String name, String type) implements ProtocolConfig {}

    /** Names both of the server's own protocols, so that this selector is its only one. */
    static List<ProtocolConfig> claims() {
        return List.of(new Claimed("http_1_1", "http_1_1"), new Claimed("http_2", "http_2"));
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        Set<String> all = new LinkedHashSet<>(http2.supportedApplicationProtocols());
        all.addAll(http1.supportedApplicationProtocols());
        return all;
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new GuardedConnection(context, handshake, http1, http2, deadlines, unreadInput, streams, settings);
    }
}
