package dev.kvs.http;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.replication.Reader;
import dev.kvs.security.AccessControl;
import dev.kvs.security.Caller;
import dev.kvs.security.Decision;
import dev.kvs.security.Tokens;
import dev.kvs.security.Verb;
import dev.kvs.wire.AccessAnswer;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.LoginRequest;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.WhoAmI;
import dev.kvs.wire.WireJson;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /auth}: who the caller is, how he becomes somebody, and what he may do. */
final class AuthRoutes {
    private final AccessControl access;
    private final Guards guards;
    private final Passes passes;
    private final Reader reader;

    AuthRoutes(AccessControl access, Guards guards, Passes passes, Reader reader) {
        this.access = access;
        this.guards = guards;
        this.passes = passes;
        this.reader = reader;
    }

    List<Route> routes() {
        Set<String> question = Set.of(Parameters.USER, Parameters.VERB, Parameters.KEY);
        return List.of(
                new Route("POST", Paths.LOGIN, Set.of(), List.of(MediaTypes.JSON), Access.LOGIN, this::login),
                new Route("GET", Paths.WHOAMI, Set.of(), List.of(), Access.USER, this::whoAmI),
                new Route("GET", Paths.CAN, question, List.of(), Access.USER, this::can),
                new Route("GET", Paths.CLUSTER_BOOTSTRAP, Set.of(), List.of(), Access.ADMIN, this::bootstrap));
    }

    private void login(Exchange exchange) {
        LoginRequest request = exchange.message(LoginRequest.class);
        String address = passes.address(exchange.request());
        guards.limits().ifPresent(limits -> {
            long wait = limits.logins().waitSeconds(request.user(), address);
            if (wait > 0) {
                exchange.header(HeaderNames.RETRY_AFTER, Long.toString(wait));
                throw new KvsException(
                        ErrorCode.RATE_LIMITED, "Too many logins of this name have failed; wait " + wait + " s.");
            }
        });
        try {
            Tokens.Fresh fresh = access.tokens().login(request.user(), request.password());
            guards.limits().ifPresent(limits -> limits.logins().succeeded(request.user(), address));
            TokenRoutes.created(exchange, fresh);
        } catch (KvsException refused) {
            if (refused.code() == ErrorCode.UNAUTHORIZED) {
                guards.limits().ifPresent(limits -> limits.logins().failed(request.user(), address));
            }
            throw refused;
        }
    }

    private void whoAmI(Exchange exchange) {
        Caller caller = exchange.rights().caller();
        AccessControl.TokenFacts token =
                access.facts(exchange.headers().get(HeaderNames.AUTHORIZATION).get());
        WhoAmI answer = new WhoAmI(
                caller.name(),
                java.util.Objects.requireNonNull(caller.user()),
                access.accounts().user(caller, caller.name()).groups(),
                caller.scopes().names(),
                token.id(),
                token.expiresAt());
        Answers.message(exchange, Status.OK_200, WireJson.write(answer));
    }

    private void can(Exchange exchange) {
        Caller caller = exchange.rights().caller();
        String user = exchange.query().get(Parameters.USER);
        Key key = Key.of(required(exchange, Parameters.KEY));
        String word = required(exchange, Parameters.VERB);
        Verb verb = Verb.of(word)
                .orElseThrow(() -> QueryParameters.invalid(
                        Parameters.VERB, "is read, write, delete or create, not " + Quoted.of(word)));
        @Nullable Acl acl = reader.get(key).map(Version::acl).orElse(null);
        Decision decision = access.can(caller, user == null ? caller.name() : user, verb, key, acl);
        Answers.message(exchange, Status.OK_200, WireJson.write(new AccessAnswer(decision.allowed(), decision.rule())));
    }

    private static String required(Exchange exchange, String name) {
        String value = exchange.query().get(name);
        if (value == null || value.isEmpty()) {
            throw QueryParameters.invalid(name, "is missing");
        }
        return value;
    }

    private void bootstrap(Exchange exchange) {
        boolean secure = exchange.request().isSecure() || Gate.isOnThisMachine(exchange.request());
        if (!secure) {
            throw new KvsException(
                    ErrorCode.FORBIDDEN, "The cluster's secret is told over TLS or on the node's own machine only.");
        }
        Answers.message(
                exchange,
                Status.OK_200,
                WireJson.write(guards.bootstrap().apply(exchange.rights().caller())));
    }
}
