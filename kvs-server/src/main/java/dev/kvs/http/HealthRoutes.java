package dev.kvs.http;

import dev.kvs.wire.HealthReport;
import dev.kvs.wire.HealthReport.CheckResult;
import dev.kvs.wire.Paths;
import dev.kvs.wire.WireJson;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /health}, {@code /health/live} and {@code /health/ready}. A node that is catching up is up but not ready: a balancer
 * would send readers to a node that says "not found" of what the others hold. One that is read-only is ready.
 */
final class HealthRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);
    private static final String DETAIL = "detail";

    private final NodeView node;
    private final ModeSwitch mode;
    private final BooleanSupplier draining;

    HealthRoutes(NodeView node, ModeSwitch mode, BooleanSupplier draining) {
        this.node = node;
        this.mode = mode;
        this.draining = draining;
    }

    List<Route> routes() {
        return List.of(
                route(Paths.HEALTH, exchange -> answer(exchange, _ -> true, true, false)),
                route(Paths.HEALTH_LIVE, exchange -> answer(exchange, HealthCheckType.LIVENESS::equals, false, false)),
                route(
                        Paths.HEALTH_READY,
                        exchange -> answer(exchange, type -> type != HealthCheckType.LIVENESS, true, true)));
    }

    private static Route route(String path, Route.Action action) {
        return new Route("GET", path, Set.of(), List.of(), Access.OPEN, Route.Lane.HEALTH, action);
    }

    private void answer(
            Exchange exchange, Predicate<HealthCheckType> wanted, boolean whetherDraining, boolean whetherSyncing) {
        List<CheckResult> results = new ArrayList<>();
        for (HealthCheck check : node.checks()) {
            if (wanted.test(check.type())) {
                results.add(run(check));
            }
        }
        if (whetherDraining && draining.getAsBoolean()) {
            results.add(new CheckResult("shutdown", HealthReport.DOWN, "The node is shutting down."));
        }
        if (whetherSyncing && mode.mode() == Mode.SYNCING) {
            results.add(new CheckResult("sync", HealthReport.DOWN, mode.reason()));
        }
        boolean up = results.stream().allMatch(result -> result.status().equals(HealthReport.OK));
        HealthReport report = new HealthReport(
                up ? HealthReport.OK : HealthReport.DOWN,
                mode.mode().word(),
                node.memberCount(),
                node.nodeId(),
                node.version(),
                results);
        Answers.message(exchange, up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, WireJson.write(report));
    }

    private static CheckResult run(HealthCheck check) {
        try {
            HealthCheckResponse response = check.call();
            boolean up = response.status() == HealthCheckResponse.Status.UP;
            return new CheckResult(check.name(), up ? HealthReport.OK : HealthReport.DOWN, detail(response));
        } catch (RuntimeException failed) {
            LOG.warn("health check {} failed", check.name(), failed);
            return new CheckResult(check.name(), HealthReport.DOWN, "The check itself failed; see the node's log.");
        }
    }

    private static @Nullable String detail(HealthCheckResponse response) {
        Object detail = response.details().get(DETAIL);
        return detail == null ? null : detail.toString();
    }
}
