package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media types of requests: which bodies a route takes and which form of a document the caller wants. */
final class ContentTypes {
    private static final String JSON_SUFFIX = "+json";
    private static final String CHARSET = "charset=";

    private ContentTypes() {}

    /** The request's media type in lower case without parameters; null when it names none. */
    static @Nullable String essence(ServerRequestHeaders headers) {
        if (!headers.contains(HeaderNames.CONTENT_TYPE)) {
            return null;
        }
        String value = headers.get(HeaderNames.CONTENT_TYPE).get();
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** Refuses a body of a type that the route does not take; {@code unsupported_media_type}. */
    static void check(ServerRequestHeaders headers, Route route) {
        String essence = essence(headers);
        boolean json = route.mediaTypes().contains(MediaTypes.JSON);
        if (essence == null ? json : route.mediaTypes().contains(essence) || (json && isOtherJson(essence))) {
            checkCharset(headers);
            return;
        }
        throw new KvsException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "The body is " + (essence == null ? "of no stated media type" : Quoted.of(essence)) + "; send "
                        + String.join(" or ", route.mediaTypes()) + " in Content-Type (curl: --json, or -H).");
    }

    /** Types derived from JSON hold a document; a patch sent where a document belongs is a mistake. */
    private static boolean isOtherJson(String essence) {
        return essence.endsWith(JSON_SUFFIX)
                && !essence.equals(MediaTypes.MERGE_PATCH)
                && !essence.equals(MediaTypes.JSON_PATCH);
    }

    private static void checkCharset(ServerRequestHeaders headers) {
        if (!headers.contains(HeaderNames.CONTENT_TYPE)) {
            return;
        }
        String value = headers.get(HeaderNames.CONTENT_TYPE).get().toLowerCase(Locale.ROOT);
        int at = value.indexOf(CHARSET);
        if (at < 0) {
            return;
        }
        String rest = value.substring(at + CHARSET.length());
        int end = rest.indexOf(';');
        String charset =
                (end < 0 ? rest : rest.substring(0, end)).replace("\"", "").strip();
        if (!charset.equals("utf-8") && !charset.equals("us-ascii")) {
            throw new KvsException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "JSON is sent as UTF-8, not as " + Quoted.of(charset) + ".");
        }
    }

    /** Whether {@code Accept} names the raw form and does not rule it out with {@code q=0}. */
    static boolean acceptsRaw(ServerRequestHeaders headers) {
        if (!headers.contains(HeaderNames.ACCEPT)) {
            return false;
        }
        for (String line : headers.get(HeaderNames.ACCEPT).allValues()) {
            int at = line.toLowerCase(Locale.ROOT).indexOf(MediaTypes.RAW_JSON);
            if (at >= 0) {
                int comma = line.indexOf(',', at);
                String range = (comma < 0 ? line.substring(at) : line.substring(at, comma)).replace(" ", "");
                return !range.endsWith(";q=0") && !range.endsWith(";q=0.0");
            }
        }
        return false;
    }
}
