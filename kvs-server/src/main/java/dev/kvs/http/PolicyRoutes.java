package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.security.AccessControl;
import dev.kvs.security.Policy;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.Permissions;
import dev.kvs.wire.PolicyInfo;
import dev.kvs.wire.PolicyList;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.List;
import java.util.Set;

/** {@code /auth/policies}: who may create below a prefix. */
final class PolicyRoutes {
    private final AccessControl access;

    PolicyRoutes(AccessControl access) {
        this.access = access;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Paths.POLICIES, Set.of(), List.of(), Access.ADMIN, this::list),
                new Route("PUT", Paths.POLICIES, Set.of(), List.of(MediaTypes.JSON), Access.ADMIN, this::set),
                new Route("DELETE", Paths.POLICIES, Set.of(Parameters.PREFIX), List.of(), Access.ADMIN, this::remove));
    }

    private void list(Exchange exchange) {
        List<PolicyInfo> policies = access.policies().all(exchange.rights().caller()).stream()
                .map(this::wire)
                .toList();
        Answers.message(exchange, Status.OK_200, WireJson.write(new PolicyList(policies)));
    }

    private void set(Exchange exchange) {
        PolicyInfo wanted = exchange.message(PolicyInfo.class);
        Policy policy = access.policies()
                .set(
                        exchange.rights().caller(),
                        wanted.prefix(),
                        wanted.owner(),
                        wanted.group(),
                        permissions(wanted.mode()),
                        permissions(wanted.valueMode()));
        Answers.message(exchange, Status.OK_200, WireJson.write(wire(policy)));
    }

    private void remove(Exchange exchange) {
        String prefix = exchange.query().get(Parameters.PREFIX);
        if (prefix == null) {
            throw QueryParameters.invalid(Parameters.PREFIX, "is missing");
        }
        access.policies().remove(exchange.rights().caller(), prefix);
        exchange.send(Status.NO_CONTENT_204);
    }

    private PolicyInfo wire(Policy policy) {
        return new PolicyInfo(
                policy.prefix(),
                access.nameOfUser(policy.acl().owner()),
                access.nameOfGroup(policy.acl().group()),
                Permissions.format(policy.acl().permissions()),
                Permissions.format(policy.permissions()));
    }

    /** Bits as a request names them; {@code invalid_request}. */
    static int permissions(String mode) {
        return Permissions.parse(mode)
                .orElseThrow(() -> new KvsException(
                        ErrorCode.INVALID_REQUEST,
                        "A mode is twelve letters and dashes such as cdwr--wr----, or three hexadecimal digits such as"
                                + " f30, not " + Quoted.of(mode) + "."));
    }
}
