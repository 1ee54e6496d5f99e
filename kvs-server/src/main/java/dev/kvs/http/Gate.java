package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.security.AccessControl;
import dev.kvs.security.RateLimits;
import dev.kvs.security.Rights;
import dev.kvs.security.Scopes;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.TokenProof;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is asking, counts his requests, and refuses what his token is not good for. What a value's own permissions
 * say is decided further in, where the value is.
 */
final class Gate {
    private static final Header CHALLENGE = HeaderValues.createCached(Headers.WWW_AUTHENTICATE, "Bearer realm=\"kvs\"");
    private static final HeaderName TOKEN_FILE = HeaderNames.create(Headers.TOKEN_FILE);
    private static final HeaderName TOKEN_NONCE = HeaderNames.create(Headers.TOKEN_NONCE);
    private static final HeaderName TOKEN_PROOF = HeaderNames.create(Headers.TOKEN_PROOF);
    private static final HeaderName LIMIT = HeaderNames.create(Headers.RATE_LIMIT);
    private static final HeaderName REMAINING = HeaderNames.create(Headers.RATE_REMAINING);
    private static final HeaderName RESET = HeaderNames.create(Headers.RATE_RESET);

    /**
     * What is written down about who asks for the proof: he is about to ask again with the token, if he may read it. One entry
     * for all that is asked so, or each command on the node's machine would seem to be an attempt of its own.
     */
    private static final String PROVEN = "proof of root.token";

    /** Characters of a nonce: more than a UUID has. */
    private static final int NONCE_MAX = 64;

    private final Guards guards;
    private final Passes passes;
    private final @Nullable AccessControl access;
    private final Guards.@Nullable Limits limits;

    Gate(Guards guards, Passes passes) {
        this.guards = guards;
        this.passes = passes;
        this.access = guards.access().orElse(null);
        this.limits = guards.limits().orElse(null);
    }

    /**
     * Tells the exchange who is asking, before anything else is held against him; then {@code forbidden} or {@code
     * rate_limited}. {@code unauthorized} for who does not say it rightly.
     */
    void admit(Route route, Exchange exchange, ServerResponse response) {
        ServerRequest request = exchange.request();
        Rights rights = rights(route.access(), request, response);
        exchange.by(rights, () -> readmit(route, request));
        if (route.access() != Access.OPEN && route.access() != Access.NODE) {
            count(rights, request, response);
        }
        if (access != null) {
            require(route.access(), rights);
        }
    }

    private Rights rights(Access needed, ServerRequest request, ServerResponse response) {
        if (access == null) {
            return Rights.UNCHECKED;
        }
        return switch (needed) {
            case OPEN, NODE, LOGIN -> access.authenticate(null);
            case READ, WRITE, DELETE, METRICS, USER, AUDIT, ADMIN -> authenticate(access, request, response);
        };
    }

    /** The rights by now of a caller who was admitted; counts nothing. */
    private Rights readmit(Route route, ServerRequest request) {
        if (access == null) {
            return Rights.UNCHECKED;
        }
        Rights rights = access.authenticate(authorization(request));
        require(route.access(), rights);
        return rights;
    }

    private static @Nullable String authorization(ServerRequest request) {
        return request.headers().contains(HeaderNames.AUTHORIZATION)
                ? request.headers().get(HeaderNames.AUTHORIZATION).get()
                : null;
    }

    private Rights authenticate(AccessControl access, ServerRequest request, ServerResponse response) {
        try {
            return access.authenticate(authorization(request));
        } catch (KvsException refused) {
            // Guessing is asking without a token.
            count(access.authenticate(null), request, response);
            throw refused;
        }
    }

    private static void require(Access access, Rights rights) {
        boolean good = switch (access) {
            case READ -> rights.caller().scopes().cover(Scopes.READ);
            case WRITE -> rights.caller().scopes().cover(Scopes.WRITE);
            case DELETE ->
                !rights.caller().isAnonymous() && rights.caller().scopes().cover(Scopes.DELETE);
            case METRICS -> rights.caller().scopes().cover(Scopes.METRICS);
            case USER -> !rights.caller().isAnonymous();
            case AUDIT -> rights.caller().scopes().cover(Scopes.AUDIT);
            case ADMIN -> rights.areUnlimited();
            case OPEN, LOGIN, NODE -> true;
        };
        if (!good && rights.caller().isAnonymous()) {
            throw new KvsException(
                    ErrorCode.UNAUTHORIZED,
                    "This needs a token, in the header 'Authorization: Bearer ...'. 'kvsctl login' gets one.");
        }
        if (!good) {
            throw new KvsException(
                    ErrorCode.FORBIDDEN,
                    "The token is not good for this; its scopes are "
                            + rights.caller().scopes() + ".");
        }
    }

    private void count(Rights rights, ServerRequest request, ServerResponse response) {
        Guards.Limits counted = limits;
        if (counted == null) {
            return;
        }
        Object user = rights.caller().user();
        boolean stranger = user == null && access != null;
        RateLimits.Verdict verdict =
                (stranger ? counted.strangers() : counted.users()).count(user == null ? passes.address(request) : user);
        response.header(HeaderValues.create(LIMIT, verdict.limit()));
        response.header(HeaderValues.create(REMAINING, verdict.remaining()));
        response.header(HeaderValues.create(RESET, verdict.resetSeconds()));
        if (!verdict.allowed()) {
            response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, verdict.resetSeconds()));
            throw new KvsException(
                    ErrorCode.RATE_LIMITED,
                    (stranger ? "An address without a good token" : "One caller") + " may ask " + verdict.limit()
                            + " times in a window; the next begins in " + verdict.resetSeconds() + " s.");
        }
    }

    /** Tells whoever has no token how to get one, and the audit log of what was refused. */
    void refused(@Nullable Route route, Exchange exchange, KvsException refusal, ServerResponse response) {
        ErrorCode code = refusal.code();
        if (access == null) {
            return;
        }
        ServerRequest request = exchange.request();
        if (code == ErrorCode.UNAUTHORIZED) {
            response.header(CHALLENGE);
            boolean hasNone = !request.headers().contains(HeaderNames.AUTHORIZATION);
            if (hasNone && isOnThisMachine(request)) {
                guards.tokenFile().ifPresent(file -> name(file, request, response));
            }
        }
        if (code == ErrorCode.UNAUTHORIZED || code == ErrorCode.FORBIDDEN || code == ErrorCode.RATE_LIMITED) {
            String what = response.headers().contains(TOKEN_PROOF)
                    ? PROVEN
                    : request.prologue().method().text() + " " + (route == null ? "?" : route.template());
            guards.refusals().refused(exchange.rights().caller().name(), passes.address(request), what, code);
        }
    }

    /** The proof makes sure that a caller sends the token to nobody who does not have it. */
    private static void name(Guards.TokenFile file, ServerRequest request, ServerResponse response) {
        String nonce = request.headers().first(TOKEN_NONCE).orElse("");
        file.token().get().ifPresent(token -> {
            response.header(HeaderValues.create(TOKEN_FILE, file.path()));
            if (!nonce.isEmpty() && nonce.length() <= NONCE_MAX) {
                int port = request.localPeer().port();
                response.header(HeaderValues.create(TOKEN_PROOF, TokenProof.of(token, nonce, port)));
            }
        });
    }

    /** Whether it comes from the node's own machine. */
    static boolean isOnThisMachine(ServerRequest request) {
        SocketAddress remote = request.remotePeer().address();
        InetAddress host = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
        return host != null && host.isLoopbackAddress();
    }
}
