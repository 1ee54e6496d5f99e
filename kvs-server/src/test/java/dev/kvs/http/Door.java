package dev.kvs.http;

import dev.kvs.audit.AuditLog;
import dev.kvs.audit.AuditSettings;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Version;
import dev.kvs.platform.Disk;
import dev.kvs.platform.FileDisk;
import dev.kvs.platform.PeerRoute;
import dev.kvs.platform.SimScheduler;
import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import dev.kvs.replication.Copies;
import dev.kvs.replication.LocalDisputes;
import dev.kvs.replication.LoneEngine;
import dev.kvs.replication.SystemKeyspace;
import dev.kvs.replication.audit.AuditTrail;
import dev.kvs.replication.audit.StoreTrail;
import dev.kvs.security.PageTokens;
import dev.kvs.storage.Scan;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreFixture;
import dev.kvs.storage.StoreSettings;
import dev.kvs.wire.ClusterBootstrap;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A real door on a free port over a real store in a folder of its own, and a client for it. */
final class Door implements AutoCloseable, NodeView, ModeSwitch {
    /** Small enough to reach in tests. */
    static final int MAX_JSON_BYTES = 4096;

    /** Everybody may do everything. */
    static final Guards OPEN = new Guards(
            Optional.empty(),
            Optional.empty(),
            new PageTokens(Keepers.settings(false), new SystemRandomness()),
            (actor, address, what, why) -> {},
            Optional.empty(),
            _ -> new ClusterBootstrap("none", "", List.of(), "gossip", "oldest-node"));

    static final int MAX_BATCH_BYTES = 16_384;
    static final int MAX_BODY_MEMORY = 1 << 20;
    static final int MAX_HEADER_BYTES = 8192;
    static final int MAX_TARGET_BYTES = 8192;

    final Meters meters = new Meters();
    final LoneMember cluster = new LoneMember();
    final PublicDoor door;
    final HttpClient client;
    volatile Mode mode = Mode.NORMAL;
    volatile boolean up = true;

    /** Sent with every request; empty for none. */
    String token = "";

    private final Path folder;
    private final LoneEngine engine;
    private final SystemKeyspace system;
    private final AuditTrail trail;

    private Door(
            Path folder,
            Audited audited,
            DoorSettings settings,
            HttpClient.Version version,
            List<? extends PeerRoute> peers,
            Function<SystemKeyspace, Guards> guards,
            Optional<Site> site)
            throws IOException {
        this.folder = folder;
        this.engine = audited.engine();
        this.trail = audited.trail();
        this.system = new SystemKeyspace(
                engine.storage().store(), engine.coordinator(), engine.storage().time());
        door = new PublicDoor(
                settings,
                new PublicDoor.Engine(
                        engine.coordinator(),
                        engine.reader(),
                        new LocalDisputes(engine.storage().store()),
                        cluster,
                        Optional.of(trail)),
                this,
                this,
                meters,
                new SystemTime(),
                new SystemRandomness(),
                guards.apply(system),
                peers,
                site);
        door.start();
        client = HttpClient.newBuilder().version(version).build();
    }

    static Door open() throws IOException {
        return open(settings(), HttpClient.Version.HTTP_1_1);
    }

    static Door open(DoorSettings settings, HttpClient.Version version) throws IOException {
        return open(settings, version, List.of());
    }

    static Door open(List<? extends PeerRoute> peers) throws IOException {
        return open(settings(), peers);
    }

    static Door open(DoorSettings settings, List<? extends PeerRoute> peers) throws IOException {
        return open(settings, HttpClient.Version.HTTP_1_1, peers);
    }

    private static Door open(DoorSettings settings, HttpClient.Version version, List<? extends PeerRoute> peers)
            throws IOException {
        Path folder = Files.createTempDirectory("kvs-door");
        return new Door(
                folder,
                audited(new FileDisk(folder), StoreFixture.settings(), Copies.LONE),
                settings,
                version,
                peers,
                _ -> OPEN,
                Optional.empty());
    }

    /** A door that is guarded. */
    static Door open(Function<SystemKeyspace, Guards> guards) throws IOException {
        Path folder = Files.createTempDirectory("kvs-door");
        return new Door(
                folder,
                audited(new FileDisk(folder), StoreFixture.settings(), Copies.LONE),
                settings(),
                HttpClient.Version.HTTP_1_1,
                List.of(),
                guards,
                Optional.of(new EchoSite()));
    }

    /** A door over what the test has made. */
    static Door open(UnaryOperator<Disk> disk, StoreSettings settings, Copies copies) throws IOException {
        Path folder = Files.createTempDirectory("kvs-door");
        return new Door(
                folder,
                audited(disk.apply(new FileDisk(folder)), settings, copies),
                settings(),
                HttpClient.Version.HTTP_1_1,
                List.of(),
                _ -> OPEN,
                Optional.empty());
    }

    /** A lone node's engine and its audit log. */
    private record Audited(LoneEngine engine, AuditTrail trail) {}

    private static Audited audited(Disk disk, StoreSettings settings, Copies copies) throws IOException {
        Deque<StoreTrail> chains = new ArrayDeque<>();
        StoreFixture storage = StoreFixture.on(disk, settings, () -> {
            chains.push(
                    new StoreTrail(disk, new AuditSettings(1 << 24, AuditLog.SEGMENT_BYTES, List.of(new byte[] {1}))));
            return chains.getFirst();
        });
        AuditTrail trail = new AuditTrail(storage.store(), chains.getFirst().log(), storage.time(), new SimScheduler());
        return new Audited(LoneEngine.over(storage, copies), trail);
    }

    AuditTrail trail() {
        return trail;
    }

    Path folder() {
        return folder;
    }

    int maxWatchers() {
        return settings().maxWatchers();
    }

    Store store() {
        return engine.storage().store();
    }

    /** What no client of the door may see. */
    SystemKeyspace system() {
        return system;
    }

    /** How many versions were written since the folder was made. */
    long writes() {
        return store().stats().synced();
    }

    /** Every visible key with all its revisions and their bytes, for "nothing has changed". */
    String contents() {
        StringBuilder contents = new StringBuilder().append(writes()).append(" writes\n");
        for (Keyspace keyspace : Keyspace.values()) {
            add(contents, store().scan(keyspace, null, null, false));
        }
        return contents.toString();
    }

    private void add(StringBuilder contents, Scan scan) {
        scan.forEachRemaining(hit -> {
            contents.append(hit.key()).append('\n');
            for (Version version : store().history(hit.key()).versions()) {
                contents.append("  ").append(version.kind()).append(' ').append(version.uuid());
                contents.append(' ').append(version.expiresAt()).append(' ');
                contents.append(new String(version.body(), StandardCharsets.UTF_8))
                        .append('\n');
            }
        });
    }

    /** What {@link #contents} gives after the store was closed and opened again; the door is of no use after that. */
    String contentsAfterRestart() throws IOException {
        door.close();
        engine.storage().reopen();
        return contents();
    }

    static DoorSettings settings() {
        return new DoorSettings(
                "127.0.0.1",
                0,
                MAX_JSON_BYTES,
                MAX_BATCH_BYTES,
                10,
                MAX_BODY_MEMORY,
                MAX_HEADER_BYTES,
                MAX_TARGET_BYTES,
                100,
                64,
                3,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                false,
                Optional.empty());
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
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    Answer send(HttpRequest request) {
        try {
            return new Answer(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException broken) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), broken);
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
    public void compact() {
        store().compact(100);
    }

    @Override
    public void close() {
        client.shutdownNow();
        door.close();
        try {
            engine.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
