package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.security.AccessControl;
import dev.kvs.security.Caller;
import dev.kvs.security.IssuedToken;
import dev.kvs.security.Tokens;
import dev.kvs.wire.Durations;
import dev.kvs.wire.EntityTag;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.TokenInfo;
import dev.kvs.wire.TokenList;
import dev.kvs.wire.TokenRequest;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /auth/tokens}. */
final class TokenRoutes {
    private final AccessControl access;

    TokenRoutes(AccessControl access) {
        this.access = access;
    }

    List<Route> routes() {
        List<String> json = List.of(MediaTypes.JSON);
        String one = Paths.TOKENS + "/" + Route.ID;
        return List.of(
                new Route("GET", Paths.TOKENS, Set.of(), List.of(), Access.USER, this::list),
                new Route("POST", Paths.TOKENS, Set.of(), json, Access.USER, this::create),
                new Route("DELETE", Paths.TOKENS, Set.of(Parameters.USER), List.of(), Access.USER, this::revokeAll),
                new Route("GET", one, Set.of(), List.of(), Access.USER, this::show),
                new Route("DELETE", one, Set.of(), List.of(), Access.USER, this::revoke));
    }

    private void list(Exchange exchange) {
        List<TokenInfo> tokens = access.tokens().tokens(caller(exchange)).stream()
                .map(token -> wire(token, access.tokens().owner(token), null))
                .toList();
        Answers.message(exchange, Status.OK_200, WireJson.write(new TokenList(tokens)));
    }

    private void create(Exchange exchange) {
        TokenRequest request = exchange.message(TokenRequest.class);
        Tokens.Wish wish = new Tokens.Wish(request.user(), request.label(), request.scopes(), millis(request.ttl()));
        created(exchange, access.tokens().create(caller(exchange), wish));
    }

    private static @Nullable Long millis(@Nullable String ttl) {
        if (ttl == null) {
            return null;
        }
        try {
            return Durations.parse(ttl).toMillis();
        } catch (IllegalArgumentException notDuration) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "ttl is not usable: " + notDuration.getMessage() + ".");
        }
    }

    /** The one answer that shows a token. */
    static void created(Exchange exchange, Tokens.Fresh fresh) {
        TokenInfo info = wire(fresh.issued(), fresh.user(), fresh.text());
        Answers.message(exchange, Status.CREATED_201, WireJson.write(info));
    }

    private static TokenInfo wire(IssuedToken token, String owner, @Nullable String text) {
        return new TokenInfo(
                token.id(), owner, token.label(), token.scopes(), token.issuedAt(), token.expiresAt(), text);
    }

    private void show(Exchange exchange) {
        IssuedToken token = access.tokens().token(caller(exchange), id(exchange));
        Answers.message(
                exchange,
                Status.OK_200,
                WireJson.write(wire(token, access.tokens().owner(token), null)));
    }

    private void revoke(Exchange exchange) {
        access.tokens().revoke(caller(exchange), id(exchange));
        exchange.send(Status.NO_CONTENT_204);
    }

    /** The name is required: nobody shall end all tokens because he forgot to say which. */
    private void revokeAll(Exchange exchange) {
        String user = exchange.query().get(Parameters.USER);
        if (user == null) {
            throw QueryParameters.invalid(Parameters.USER, "must name the user whose tokens are to end");
        }
        access.accounts().endTokens(caller(exchange), user);
        exchange.send(Status.NO_CONTENT_204);
    }

    private static UUID id(Exchange exchange) {
        return EntityTag.uuid(exchange.id())
                .orElseThrow(() -> new KvsException(
                        ErrorCode.TOKEN_NOT_FOUND, "A token's id is a UUID, not " + Quoted.of(exchange.id()) + "."));
    }

    private static Caller caller(Exchange exchange) {
        return exchange.rights().caller();
    }
}
