package dev.kvs.http;

import dev.kvs.platform.PeerRoute;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.Disputes;
import dev.kvs.replication.Reader;
import dev.kvs.replication.audit.AuditTrail;
import dev.kvs.wire.Paths;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.http2.Http2Upgrader;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public REST API on its port: HTTP/1.1 and h2c, or both over TLS. {@code boot} constructs it, starts it last, and at the
 * end calls {@link #drain()} and {@link #close()}s it first.
 */
public final class PublicDoor implements AutoCloseable {
    /** How often idle connections are looked for: the time they are idle is measured in whole seconds. */
    private static final Duration IDLE_PERIOD = Duration.ofSeconds(1);

    /** Streams of one HTTP/2 connection at a time: one client shall not take all requests for itself. */
    private static final int HTTP2_STREAMS = 128;

    private static final int NO_EMPTY_FRAMES = -1;

    /** As much as Helidon 4.4.0 keeps of a stream that nobody reads: 32 frames of the usual 16 KiB, one of them the last. */
    private static final int HTTP2_WINDOW = 31 * (16 << 10);

    /** Reads and refusals are quick: whoever came while the door was drained needs no more to get its answer. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    /** What a node that talks to no other cannot do. */
    private static final Set<String> BETWEEN_NODES = Set.of(Paths.JOIN, Paths.LEAVE, Paths.SYNC_NOW, Paths.SEED);

    private final DoorSettings settings;
    private final RouteTable table;
    private final Deadlines deadlines;
    private final UnreadInput unreadInput = new UnreadInput();
    private final WebServer server;
    private final RunningRequests running = new RunningRequests();
    private final WriteGate writes;
    private final OpenStreams streams = new OpenStreams();
    private final Doorway doorway;
    private final @Nullable TlsHandshake handshake;

    /**
     * What stands behind the routes.
     *
     * @param audit the audit log; empty when it is off, and then there are no routes to it
     */
    public record Engine(
            Coordinator coordinator,
            Reader reader,
            Disputes disputes,
            ClusterView cluster,
            Optional<AuditTrail> audit) {}

    /**
     * Builds the door; nothing listens yet.
     *
     * @param engine what stands behind the routes
     * @param guards who may do what
     * @param peers what is mounted for nodes alone; empty when the node talks to no other
     * @param site pages for people, empty for none
     */
    public PublicDoor(
            DoorSettings settings,
            Engine engine,
            NodeView node,
            ModeSwitch mode,
            Meters meters,
            Time time,
            Randomness randomness,
            Guards guards,
            List<? extends PeerRoute> peers,
            Optional<Site> site) {
        this.settings = settings;
        this.deadlines = new Deadlines(time);
        this.writes = new WriteGate(running, mode);
        Passes passes = new Passes(randomness);
        List<Route> routes = new ArrayList<>(routes(settings, engine, node, mode, meters, guards, passes, time));
        routes.addAll(new PeerRoutes(
                        peers,
                        settings.tls().filter(DoorTls::nodesShowCertificates).isPresent())
                .routes());
        site.ifPresent(pages -> routes.addAll(new SiteRoutes(pages, passes, settings.maxJsonBytes()).routes()));
        this.table = new RouteTable(routes);
        RequestIds requestIds = new RequestIds(randomness);
        Bodies bodies = new Bodies(
                new BodyReader(deadlines, settings.requestTimeout()),
                settings.maxJsonBytes(),
                settings.maxBatchBytes(),
                new BodyBudget(settings.maxBodyMemory()));
        Dispatcher dispatcher = new Dispatcher(
                table,
                requestIds,
                bodies,
                deadlines,
                settings,
                new Lanes(settings, streams),
                writes,
                engine.cluster(),
                running,
                new RequestMeters(meters, table.routes()),
                new Gate(guards, passes),
                time);
        meters.gauge("kvs_http_waiting", "Threads that wait for a client to send or to take something.", this::waiting);
        this.doorway = new Doorway(dispatcher);
        this.handshake = settings.tls()
                .map(tls -> handshake(tls, guards.refusals(), meters, time))
                .orElse(null);
        this.server = server(new TransportProblems(requestIds, unreadInput));
    }

    private static TlsHandshake handshake(DoorTls tls, Guards.Refusals refusals, Meters meters, Time time) {
        TlsHandshake handshake = new TlsHandshake(tls, refusals, time);
        meters.counter(
                "kvs_tls_handshakes_failed_total", "Connections that came to no agreement on TLS.", handshake::failed);
        return handshake;
    }

    private List<Route> routes(
            DoorSettings settings,
            Engine engine,
            NodeView node,
            ModeSwitch mode,
            Meters meters,
            Guards guards,
            Passes passes,
            Time time) {
        Coordinator coordinator = engine.coordinator();
        Reader reader = engine.reader();
        List<Route> routes = new ArrayList<>();
        routes.addAll(new DocumentRoutes(coordinator, reader, settings.rawByDefault()).routes());
        routes.addAll(new RevisionRoutes(coordinator, reader).routes());
        routes.addAll(new ListingRoutes(reader, guards.pages()).routes());
        routes.addAll(new RangeRoute(reader, guards.pages()).routes());
        routes.addAll(new BatchRoute(coordinator, settings).routes());
        routes.addAll(new ExportRoute(reader).routes());
        routes.addAll(new ImportRoute(coordinator, writes, time, settings.maxJsonBytes()).routes());
        routes.addAll(new WatchRoute(reader.changes(), time, running::isDraining).routes());
        routes.addAll(new ConflictRoutes(engine.disputes(), reader, engine.cluster(), settings.scheme()).routes());
        routes.addAll(new MemberRoutes(engine.cluster()).routes());
        routes.addAll(new SyncRoutes(engine.cluster()).routes());
        routes.addAll(new HealthRoutes(node, mode, running::isDraining).routes());
        routes.addAll(new NodeRoutes(node, mode, meters, engine.audit()).routes());
        engine.audit().ifPresent(audit -> routes.addAll(new AuditRoutes(audit).routes()));
        guards.access().ifPresent(access -> {
            routes.addAll(new MetadataRoutes(access, coordinator, reader).routes());
            routes.addAll(new AuthRoutes(access, guards, passes, reader).routes());
            routes.addAll(new UserRoutes(access).routes());
            routes.addAll(new TokenRoutes(access).routes());
            routes.addAll(new PolicyRoutes(access).routes());
        });
        if (engine.cluster().isAlone()) {
            routes.removeIf(route -> BETWEEN_NODES.contains(route.template()));
        }
        return routes;
    }

    private WebServer server(TransportProblems problems) {
        SharedMappers.install();
        return WebServer.builder()
                .host(settings.bindAddress())
                .port(settings.port())
                // Helidon 4.4.0 drops what a channel does not take at once (its issues 11340 and 11353): a client that
                // reads slowly would get an answer with a hole in it. Its older sockets write everything.
                .useNio(false)
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .protocols(GuardedSelector.claims())
                .addConnectionSelector(
                        new GuardedSelector(handshake, http1(), http2(), deadlines, unreadInput, streams, settings))
                .directHandlers(problems.forAllEvents())
                .maxTcpConnections(settings.maxConnections())
                .idleConnectionTimeout(settings.idleTimeout())
                .idleConnectionPeriod(IDLE_PERIOD)
                .shutdownGracePeriod(lastAnswers())
                .connectionOptions(options -> options.tcpNoDelay(true))
                .routing(HttpRouting.builder().addFilter(doorway))
                .build();
    }

    private ServerConnectionSelector http1() {
        return Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxHeadersSize(settings.maxHeaderBytes())
                        .maxPrologueLength(settings.maxTargetBytes())
                        .validatePath(false)
                        .validatePrologue(false)
                        .receiveLog(false)
                        .sendLog(false)
                        .addReceiveListener(new HeaderDeadline(deadlines, settings.requestTimeout()))
                        .build())
                .upgraders(Map.of("h2c", new CarefulUpgrader(Http2Upgrader.create(http2Config()))))
                .build();
    }

    private ServerConnectionSelector http2() {
        return Http2ConnectionSelector.builder().http2Config(http2Config()).build();
    }

    private Http2Config http2Config() {
        return Http2Config.builder()
                .maxHeaderListSize(settings.maxHeaderBytes())
                .maxConcurrentStreams(HTTP2_STREAMS)
                .initialWindowSize(HTTP2_WINDOW)
                .flowControlTimeout(settings.requestTimeout())
                // Helidon 4.4.0 takes a frame without data for the end of the body: half a document would be stored.
                .maxEmptyFrames(NO_EMPTY_FRAMES)
                .validatePath(false)
                .build();
    }

    /** Begins to listen; throws when the address cannot be bound, with the line that helps. */
    public void start() throws IOException {
        server.start();
        if (!server.isRunning()) {
            throw new IOException("cannot listen on " + settings.bindAddress() + " port " + settings.port()
                    + ": is another program using it (see: ss -ltnp), or is the address not this machine's?");
        }
    }

    /** The port that is listened on, for when the settings said 0. */
    public int port() {
        return server.port();
    }

    /**
     * Says "not ready" in {@code /health/ready} and refuses writes from now on; reads are still answered. What has no end of
     * its own, or a far one, ends now: watches, exports and imports.
     */
    public void drain() {
        running.drain();
        deadlines.drain();
    }

    /** The end of the drain timeout, in which the server lets those finish who came while it was drained. */
    private Duration lastAnswers() {
        Duration half = settings.drainTimeout().dividedBy(2);
        return half.compareTo(LAST_ANSWERS) < 0 ? half : LAST_ANSWERS;
    }

    /** How many threads wait for a client now. */
    int waiting() {
        return deadlines.size();
    }

    /** The route table, for tests that walk it. */
    RouteTable table() {
        return table;
    }

    /** Lets running requests finish within the drain timeout, then stops listening and closes every connection. */
    @Override
    public void close() {
        drain();
        running.awaitEnd(settings.drainTimeout().minus(lastAnswers()));
        server.stop();
        doorway.wallUp();
        deadlines.close();
    }

    /**
     * What the server knows of the node. Helidon 4.4.0 never ends its timer for idle connections, which would keep the
     * whole node with its store in memory after the door is closed.
     */
    private static final class Doorway implements Filter {
        private volatile @Nullable Dispatcher dispatcher;

        Doorway(Dispatcher dispatcher) {
            this.dispatcher = dispatcher;
        }

        @Override
        public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
            Dispatcher open = dispatcher;
            if (open == null) {
                throw new CloseConnectionException("the door is closed");
            }
            open.filter(chain, request, response);
        }

        void wallUp() {
            dispatcher = null;
        }
    }
}
