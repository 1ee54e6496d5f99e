package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.JoinRequest;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.MemberInfo;
import dev.kvs.wire.Paths;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.List;
import java.util.Set;

/** {@code /members/} and {@code /cluster/convergence}: who is there, and how far they agree. */
final class MemberRoutes {
    private final ClusterView cluster;

    MemberRoutes(ClusterView cluster) {
        this.cluster = cluster;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Paths.MEMBERS, Set.of(), List.of(), Access.OPEN, this::all),
                new Route("GET", Paths.MEMBERS + Route.ID, Set.of(), List.of(), Access.OPEN, this::one),
                new Route("POST", Paths.JOIN, Set.of(), List.of(MediaTypes.JSON), Access.ADMIN, this::join),
                new Route("POST", Paths.LEAVE, Set.of(), List.of(), Access.ADMIN, this::leave),
                new Route("GET", Paths.CONVERGENCE, Set.of(), List.of(), Access.ADMIN, this::convergence));
    }

    private void all(Exchange exchange) {
        Answers.message(exchange, Status.OK_200, WireJson.write(cluster.members()));
    }

    private void one(Exchange exchange) {
        String id = exchange.id();
        MemberInfo found = cluster.members().stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new KvsException(
                        ErrorCode.MEMBER_NOT_FOUND,
                        "This node knows no member " + Quoted.of(id) + "; GET " + Paths.MEMBERS + " lists them."));
        Answers.message(exchange, Status.OK_200, WireJson.write(found));
    }

    private void join(Exchange exchange) {
        JoinRequest request = exchange.message(JoinRequest.class);
        Answers.message(exchange, Status.OK_200, WireJson.write(cluster.join(request.address())));
    }

    private void leave(Exchange exchange) {
        Answers.message(exchange, Status.OK_200, WireJson.write(cluster.leave()));
    }

    private void convergence(Exchange exchange) {
        Answers.message(exchange, Status.OK_200, WireJson.write(cluster.convergence()));
    }
}
