package dev.kvs.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades HTTP/1.1 to h2c only when the request carries usable settings; otherwise the request is answered in HTTP/1.1,
 * as the protocol allows. The upgrader behind it takes a missing or broken {@code HTTP2-Settings} for an internal error.
 */
record CarefulUpgrader(Http1Upgrader h2c) implements Http1Upgrader {
    private static final HeaderName SETTINGS = HeaderNames.create("HTTP2-Settings");

    /** A setting is a 16-bit number and a 32-bit value. */
    private static final int SETTING_BYTES = 6;

    @Override
    public String supportedProtocol() {
        return h2c.supportedProtocol();
    }

    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
        return hasUsableSettings(headers) ? h2c.upgrade(context, prologue, headers) : null;
    }

    private static boolean hasUsableSettings(WritableHeaders<?> headers) {
        if (!headers.contains(SETTINGS) || headers.get(SETTINGS).valueCount() != 1) {
            return false;
        }
        try {
            return Base64.getUrlDecoder().decode(headers.get(SETTINGS).get()).length % SETTING_BYTES == 0;
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }
}
