package dev.kvs.console.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a browser asks.
 *
 * @param method upper case; {@code HEAD} comes as {@code GET}
 * @param path below where the console is mounted, {@code /} for the first page; not decoded
 * @param query what stands behind the question mark
 * @param form what was posted; empty for anything else
 * @param headers by name in lower case
 * @param secure whether it came over TLS
 * @param tooLarge whether more was posted than is taken; the form is empty then
 * @param pass tells the node whose visit this is, for logins; empty where the console is not the node's own
 */
public record Request(
        String method,
        String path,
        Form query,
        Form form,
        Map<String, String> headers,
        boolean secure,
        boolean tooLarge,
        String pass) {
    public Request {
        headers = Map.copyOf(headers);
    }

    /** Takes a request apart. */
    public static Request of(
            String method,
            String path,
            String query,
            Map<String, String> headers,
            byte[] body,
            boolean secure,
            boolean tooLarge,
            String pass) {
        boolean posted = headers.getOrDefault("content-type", "")
                .toLowerCase(Locale.ROOT)
                .startsWith("application/x-www-form-urlencoded");
        return new Request(
                method,
                path.isEmpty() ? "/" : path,
                Form.parse(query),
                posted ? Form.parse(new String(body, StandardCharsets.UTF_8)) : Form.EMPTY,
                headers,
                secure,
                tooLarge,
                pass);
    }

    public boolean isPost() {
        return method.equals("POST");
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** A cookie's value. */
    public Optional<String> cookie(String name) {
        for (String pair : header("cookie").split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                return Optional.of(pair.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }

    /** Path and query, to come back to. */
    public String target() {
        String[] pairs = query.fields().entrySet().stream()
                .flatMap(field -> Stream.of(field.getKey(), field.getValue().getFirst()))
                .toArray(String[]::new);
        return path + Form.query(pairs);
    }

    /** Whether it is the link of another site, on which a browser keeps our cookie back. */
    public boolean comesFromElsewhere() {
        return header("sec-fetch-site").equals("cross-site") && header("cookie").isEmpty() && !isPost();
    }

    /** Whether a script asks for a page again because something has changed. */
    public boolean isRefresh() {
        return !header("kvs-live").isEmpty();
    }

    /** Whether a page of the very same origin sent it: browsers put {@code Origin} on every post. */
    public boolean isFromOurOrigin() {
        String expected = (secure ? "https://" : "http://") + header("host");
        return header("origin").equalsIgnoreCase(expected);
    }

    public boolean takesGzip() {
        return header("accept-encoding").contains("gzip");
    }
}
