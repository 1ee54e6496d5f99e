package dev.kvs.console.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a browser gets.
 *
 * @param headers by name
 * @param body empty for none
 * @param feed what goes on behind the headers instead of a body; null for most
 */
public record Response(
        int status,
        Map<String, String> headers,
        byte[] body,
        @Nullable Feed feed) {
    /** Scripts, styles and forms of our own alone: whatever a stored value says, a browser runs none of it. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final int GZIP_FROM = 1_000;
    private static final byte[] NOTHING = {};

    public static Response html(int status, String html) {
        Response response = new Response(status, new LinkedHashMap<>(), html.getBytes(StandardCharsets.UTF_8), null);
        return response.with("Content-Type", "text/html; charset=utf-8").with("Cache-Control", "no-store");
    }

    /** Plain text that no browser takes for a page. */
    public static Response text(String type, String text) {
        return new Response(200, new LinkedHashMap<>(), text.getBytes(StandardCharsets.UTF_8), null)
                .with("Content-Type", type)
                .with("Cache-Control", "no-store");
    }

    /** Go on there with a GET. */
    public static Response seeOther(String location) {
        return new Response(303, new LinkedHashMap<>(), NOTHING, null)
                .with("Location", location)
                .with("Cache-Control", "no-store");
    }

    /** The bare answer of a status. */
    public static Response empty(int status) {
        return new Response(status, new LinkedHashMap<>(), NOTHING, null);
    }

    /** What comes in parts. */
    public static Response of(String type, Feed feed) {
        return new Response(200, new LinkedHashMap<>(), NOTHING, feed)
                .with("Content-Type", type)
                .with("Cache-Control", "no-store")
                .with("X-Accel-Buffering", "no");
    }

    public Response with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body, feed);
    }

    /** The same with what keeps a browser in its bounds. */
    public Response guarded() {
        return with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("X-Frame-Options", "DENY")
                .with("Referrer-Policy", "same-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** The same compressed, when that is worth it. */
    public Response zipped(boolean taken) {
        if (!taken || body.length < GZIP_FROM || headers.containsKey("Content-Encoding")) {
            return this;
        }
        Response smaller = new Response(status, headers, gzip(body), feed);
        return smaller.with("Content-Encoding", "gzip").with("Vary", "Accept-Encoding");
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream target = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(target)) {
            gzip.write(bytes);
        } catch (IOException memoryHasNone) {
            throw new UncheckedIOException(memoryHasNone);
        }
        return target.toByteArray();
    }
}
