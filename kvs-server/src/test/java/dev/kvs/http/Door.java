package dev.kvs.http;

import dev.kvs.platform.PeerRoute;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A real door on a free port over {@link InMemoryKeySpace}, and a client for it. */
final class Door implements AutoCloseable, NodeView, ModeSwitch {
    /** Small enough to reach in tests. */
    static final int MAX_JSON_BYTES = 4096;

    static final int MAX_BATCH_BYTES = 16_384;
    static final int MAX_HEADER_BYTES = 8192;
    static final int MAX_TARGET_BYTES = 8192;

    final InMemoryKeySpace keys = new InMemoryKeySpace(new SystemTime());
    final Meters meters = new Meters();
    final PublicDoor door;
    final HttpClient client;
    volatile Mode mode = Mode.NORMAL;
    volatile boolean up = true;

    private Door(DoorSettings settings, HttpClient.Version version, List<? extends PeerRoute> peers)
            throws IOException {
        door = new PublicDoor(
                settings, keys, keys, this, this, meters, new SystemTime(), new SystemRandomness(), peers);
        door.start();
        client = HttpClient.newBuilder().version(version).build();
    }

    static Door open() throws IOException {
        return open(settings(), HttpClient.Version.HTTP_1_1);
    }

    static Door open(DoorSettings settings, HttpClient.Version version) throws IOException {
        return new Door(settings, version, List.of());
    }

    static Door open(List<? extends PeerRoute> peers) throws IOException {
        return open(settings(), peers);
    }

    static Door open(DoorSettings settings, List<? extends PeerRoute> peers) throws IOException {
        return new Door(settings, HttpClient.Version.HTTP_1_1, peers);
    }

    static DoorSettings settings() {
        return new DoorSettings(
                "127.0.0.1",
                0,
                MAX_JSON_BYTES,
                MAX_BATCH_BYTES,
                10,
                MAX_HEADER_BYTES,
                MAX_TARGET_BYTES,
                100,
                64,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                false);
    }

    int port() {
        return door.port();
    }

    URI uri(String target) {
        return URI.create("http://127.0.0.1:" + door.port() + target);
    }

    Answer send(String method, String target, String body, String... headers) {
        return send(method, target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer send(String method, String target, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    Answer send(HttpRequest request) {
        try {
            return new Answer(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(request.method() + " " + request.uri(), broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    Answer get(String target, String... headers) {
        return send("GET", target, "", headers);
    }

    Answer put(String target, String body, String... headers) {
        return send("PUT", target, body, headers);
    }

    /** Opens a raw connection for what no client would send. */
    RawConnection raw() throws IOException {
        return new RawConnection(door.port());
    }

    static DoorSettings with(UnaryOperator<DoorSettings> change) {
        return change.apply(settings());
    }

    @Override
    public String nodeId() {
        return "node-1";
    }

    @Override
    public String version() {
        return "1.0.0-test";
    }

    @Override
    public int memberCount() {
        return 1;
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of(new HealthCheck() {
            @Override
            public String name() {
                return "storage";
            }

            @Override
            public HealthCheckType type() {
                return HealthCheckType.READINESS;
            }

            @Override
            public HealthCheckResponse call() {
                return HealthCheckResponse.builder()
                        .status(up)
                        .detail("detail", up ? "fine" : "the disk is full")
                        .build();
            }
        });
    }

    @Override
    public byte[] maskedConfig() {
        return "{\"port\":8080}".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public void change(Mode next) {
        mode = next;
    }

    @Override
    public void close() {
        client.shutdownNow();
        door.close();
    }

    @Override
    public void compact() {
        // This door has no store behind it that could be compacted.
    }
}
