package dev.kvs.ctl.command;

import dev.kvs.client.RequestListener;
import dev.kvs.ctl.output.Streams;
import dev.kvs.wire.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells on standard error what is sent: as a line to paste into a shell ({@code --show-curl}), with the token replaced by
 * the variable that may hold it, and what came back after how long ({@code -v}).
 */
final class RequestTrace implements RequestListener {
    /** A body up to this many bytes stands in the line itself; shells take longer ones, people do not. */
    private static final int BODY_SHOWN_MAX = 4_096;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Streams streams;
    private final boolean curl;
    private final boolean verbose;
    private long sentNanos;

    RequestTrace(Streams streams, boolean curl, boolean verbose) {
        this.streams = streams;
        this.curl = curl;
        this.verbose = verbose;
    }

    @Override
    public void sending(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {
        if (curl) {
            streams.err(curlLine(method, uri, headers, body) + "\n");
        }
        if (verbose) {
            streams.err("> " + method + " " + uri + (body == null ? "" : " (" + body.length + " bytes)") + "\n");
        }
        sentNanos = System.nanoTime();
    }

    @Override
    public void answered(int status, String requestId) {
        if (verbose) {
            long millis = (System.nanoTime() - sentNanos) / NANOS_PER_MILLI;
            streams.err("< " + status + " after " + millis + " ms, request " + requestId + "\n");
        }
    }

    static String curlLine(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {
        StringBuilder line = new StringBuilder("curl -sS");
        switch (method) {
            case "GET" -> {}
            case "HEAD" -> line.append(" -I");
            default -> line.append(" -X ").append(method);
        }
        new TreeMap<>(headers).forEach((name, value) -> {
            line.append(" -H ");
            if (name.equalsIgnoreCase(Headers.AUTHORIZATION)) {
                line.append("\"Authorization: Bearer $KVSCTL_TOKEN\"");
            } else {
                line.append(quoted(name + ": " + value));
            }
        });
        if (body != null) {
            boolean shown = body.length <= BODY_SHOWN_MAX;
            line.append(" --data-binary ").append(shown ? quoted(new String(body, StandardCharsets.UTF_8)) : "@-");
        }
        return line.append(' ').append(quoted(uri.toString())).toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
