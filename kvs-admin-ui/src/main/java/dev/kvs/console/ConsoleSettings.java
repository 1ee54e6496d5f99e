package dev.kvs.console;

import dev.kvs.client.KvsClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a console is and whom it asks.
 *
 * @param mount its path, without a slash at the end: {@code /ui}, or empty for the root
 * @param name tells its cookie from those of consoles on other ports of the machine, because cookies ignore ports
 * @param server the node's base URL
 * @param trust whom to trust over https when the node itself is asked; null for the JDK's default
 * @param trustElsewhere the same for other members
 */
public record ConsoleSettings(
        String mount,
        String name,
        String server,
        @Nullable SSLContext trust,
        @Nullable SSLContext trustElsewhere) {
    /** A person waits: one attempt, and an answer that says what is wrong. */
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private static final Duration REQUEST = Duration.ofSeconds(30);

    /** Another member beside the node: a page is not kept waiting for one that is gone. */
    private static final Duration ASIDE = Duration.ofSeconds(3);

    /** A client that sends this token; none when it is empty. */
    KvsClient connect(String token) {
        return connectFor("", token);
    }

    /** The same for the visitor with this pass; for nobody in particular when it is empty. */
    KvsClient connectFor(String pass, String token) {
        return client(server, token, REQUEST, trust, pass);
    }

    /** The same to another member of the cluster, at {@code host:port}. */
    KvsClient connectTo(String address, String token) {
        String scheme = server.startsWith("https:") ? "https://" : "http://";
        return client(scheme + address, token, ASIDE, trustElsewhere, "");
    }

    private static KvsClient client(
            String url, String token, Duration longest, @Nullable SSLContext trusted, String pass) {
        return KvsClient.builder(url)
                .connectTimeout(CONNECT)
                .requestTimeout(longest)
                .totalTimeout(longest)
                .retries(0)
                .sslContext(trusted)
                .userAgent("kvs-console")
                .sitePass(pass.isEmpty() ? null : pass)
                .token(token.isEmpty() ? null : token)
                .build();
    }

    /** The cookie's name; browsers take the stricter one over TLS alone. */
    String cookie(boolean secure) {
        return (secure ? "__Host-kvs-" : "kvs-") + name.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    /** The header that sets it. */
    String setCookie(String value, boolean secure) {
        String path = secure || mount.isEmpty() ? "/" : mount;
        return cookie(secure) + "=" + value + "; Path=" + path + "; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }
}
