package dev.kvs.http;

import dev.kvs.platform.Randomness;
import dev.kvs.wire.Headers;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose a request is that the {@link Site} sends back to the node over the listener: that of whoever asked the site, so that
 * failed logins count for his address and not for the node's own. The site gets a pass, 256 random bits, that is good until it
 * has answered; the address itself never travels, and a header that names no pass of this moment says nothing. Safe for
 * concurrent use.
 */
final class Passes {
    private static final HeaderName PASS = HeaderNames.create(Headers.SITE_PASS);
    private static final int BYTES = 32;

    private final Randomness randomness;
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    Passes(Randomness randomness) {
        this.randomness = randomness;
    }

    /** Does something with a pass of whoever calls from this address; the pass ends with it. */
    <T> T during(String address, Function<String, T> deed) {
        byte[] bits = new byte[BYTES];
        randomness.fillSecret(bits);
        String pass = HexFormat.of().formatHex(bits);
        addresses.put(pass, address);
        try {
            return deed.apply(pass);
        } finally {
            addresses.remove(pass);
        }
    }

    /** Where a request comes from. */
    String address(ServerRequest request) {
        String pass = request.headers().first(PASS).orElse("");
        @Nullable String passed = pass.isEmpty() ? null : addresses.get(pass);
        return passed == null ? remote(request) : passed;
    }

    /** Where the connection comes from. */
    static String remote(ServerRequest request) {
        return request.remotePeer().host();
    }
}
