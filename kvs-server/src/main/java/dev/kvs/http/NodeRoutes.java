package dev.kvs.http;

import dev.kvs.audit.EventKind;
import dev.kvs.model.KvsException;
import dev.kvs.replication.audit.AuditTrail;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.ModeReport;
import dev.kvs.wire.ModeRequest;
import dev.kvs.wire.Paths;
import dev.kvs.wire.WireJson;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Everything about the node itself but its health: metrics, mode, configuration and the API's description. */
final class NodeRoutes {
    private static final Header METRICS_TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, MediaTypes.METRICS);
    private static final String OPENAPI_RESOURCE = "openapi.json";

    private final NodeView node;
    private final ModeSwitch modes;
    private final Meters meters;
    private final Optional<AuditTrail> audit;
    private final byte[] openApi;

    NodeRoutes(NodeView node, ModeSwitch modes, Meters meters, Optional<AuditTrail> audit) {
        this.audit = audit;
        this.node = node;
        this.modes = modes;
        this.meters = meters;
        JvmMeters.register(meters);
        this.openApi = openApi();
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Paths.METRICS, Set.of(), List.of(), Access.METRICS, this::metrics),
                new Route("GET", Paths.OPENAPI, Set.of(), List.of(), Access.USER, this::openApi),
                new Route("POST", Paths.MODE, Set.of(), List.of(MediaTypes.JSON), Access.ADMIN, this::changeMode),
                new Route("POST", Paths.COMPACT, Set.of(), List.of(), Access.ADMIN, this::compact),
                new Route("GET", Paths.CONFIG, Set.of(), List.of(), Access.ADMIN, this::config));
    }

    private void metrics(Exchange exchange) {
        exchange.header(METRICS_TYPE);
        exchange.header(Answers.NO_CACHE);
        exchange.send(Status.OK_200, meters.scrape().getBytes(StandardCharsets.UTF_8));
    }

    private void openApi(Exchange exchange) {
        Answers.message(exchange, Status.OK_200, openApi);
    }

    private void config(Exchange exchange) {
        Answers.message(exchange, Status.OK_200, node.maskedConfig());
    }

    private void compact(Exchange exchange) {
        node.compact();
        exchange.send(Status.NO_CONTENT_204);
    }

    private void changeMode(Exchange exchange) {
        String word = exchange.message(ModeRequest.class).mode();
        Mode mode = Mode.of(word)
                .filter(asked -> asked != Mode.SYNCING)
                .orElseThrow(() -> new KvsException(
                        ErrorCode.INVALID_REQUEST, "mode is normal or read-only, not " + Quoted.of(word) + "."));
        modes.change(mode);
        String actor = exchange.rights().caller().name();
        audit.ifPresent(trail -> trail.record(EventKind.MODE, actor, word));
        Answers.message(
                exchange,
                Status.OK_200,
                WireJson.write(new ModeReport(modes.mode().word())));
    }

    private static byte[] openApi() {
        try (InputStream document = NodeRoutes.class.getResourceAsStream(OPENAPI_RESOURCE)) {
            return Objects.requireNonNull(document, OPENAPI_RESOURCE).readAllBytes();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
