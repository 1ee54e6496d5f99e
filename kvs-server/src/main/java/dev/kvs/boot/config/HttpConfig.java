package dev.kvs.boot.config;

import dev.kvs.platform.Network;
import java.time.Duration;
import java.util.List;

/**
 * The listener and what one client may ask of it.
 *
 * @param port 0 for any free port
 * @param maxJsonSize bytes of one request body
 * @param maxBodyMemory bytes of all bodies held at a time; more wait, then are answered 503
 * @param maxHeaderSize bytes of all headers of a request
 * @param maxUrlLength bytes of the request line
 * @param maxConcurrentRequests more are answered 503
 * @param maxWatchers more are answered 503
 * @param maxConnections more wait to be accepted
 * @param idleTimeout after this a silent connection is closed
 * @param requestTimeout a request must have arrived whole within this
 * @param shutdownGrace how long requests in flight may take when the node stops
 * @param consoleEnabled whether pages for people are served at {@code /ui}
 */
public record HttpConfig(
        String bindAddress,
        int port,
        int maxJsonSize,
        long maxBodyMemory,
        int maxHeaderSize,
        int maxUrlLength,
        int maxConcurrentRequests,
        int maxWatchers,
        int maxConnections,
        Duration idleTimeout,
        Duration requestTimeout,
        Duration shutdownGrace,
        boolean consoleEnabled) {
    static final ConfigKey<String> BIND_ADDRESS = ConfigKey.of(
            "bind_address",
            Topic.HTTP,
            Forms.host(),
            "127.0.0.1",
            "The address to listen on; loopback until somebody decides that others may reach this node.");
    static final ConfigKey<Long> PORT = ConfigKey.of(
            "port",
            Topic.HTTP,
            new WholeNumber(0, 65_535, "TCP port"),
            8080L,
            "The port to listen on; 0 takes any free one.");
    static final ConfigKey<Long> MAX_JSON_SIZE = ConfigKey.of(
            "max_json_size",
            Topic.HTTP,
            new WholeNumber(1_024, Network.DOCUMENT_BYTES_MAX, "bytes"),
            1_048_576L,
            "Largest request body, which bounds what a request costs; a document must fit into a message between"
                    + " nodes.");
    static final ConfigKey<Long> MAX_BODY_MEMORY = ConfigKey.of(
            "max_body_memory",
            Topic.HTTP,
            new WholeNumber(1_024, 17_179_869_184L, "bytes"),
            33_554_432L,
            "Bodies over 16 KiB held at once; more wait for 2 s, then get 503. Storing one takes five times its size of"
                    + " heap.");
    static final ConfigKey<Long> MAX_HEADER_SIZE = ConfigKey.of(
            "max_header_size",
            Topic.HTTP,
            new WholeNumber(4_096, 262_144, "bytes"),
            16_384L,
            "Largest header block; a bearer token with many scopes takes 2 KiB, so 16 KiB leaves room for proxies.");
    static final ConfigKey<Long> MAX_URL_LENGTH = ConfigKey.of(
            "max_url_length",
            Topic.HTTP,
            new WholeNumber(4_096, 65_536, "bytes"),
            16_384L,
            "Longest request line; a range query can hold three keys of 1,024 bytes with every byte escaped.");
    static final ConfigKey<Long> MAX_CONCURRENT_REQUESTS = ConfigKey.of(
            "max_concurrent_requests",
            Topic.HTTP,
            new WholeNumber(1, 65_536, "requests"),
            1_024L,
            "Requests worked on at once, more get 503; times the usual body size this is the memory that requests"
                    + " take.");
    static final ConfigKey<Long> MAX_WATCHERS = ConfigKey.of(
            "max_watchers",
            Topic.HTTP,
            new WholeNumber(1, 65_536, "watches"),
            256L,
            "Watches answered at once, more get 503; each reads every change for itself and keeps its connection.");
    static final ConfigKey<Long> MAX_CONNECTIONS = ConfigKey.of(
            "max_connections",
            Topic.HTTP,
            new WholeNumber(1, 65_536, "connections"),
            4_096L,
            "Connections open at once, more wait; each takes a file descriptor, so keep it below 'ulimit -n'.");
    static final ConfigKey<Duration> IDLE_TIMEOUT = ConfigKey.of(
            "idle_timeout",
            Topic.HTTP,
            new Span(Duration.ofSeconds(1), Duration.ofHours(1)),
            Duration.ofMinutes(5),
            "A connection that sends nothing for so long is closed; longer than the pools of most clients keep one.");
    static final ConfigKey<Duration> REQUEST_TIMEOUT = ConfigKey.of(
            "request_timeout",
            Topic.HTTP,
            new Span(Duration.ofSeconds(1), Duration.ofMinutes(10)),
            Duration.ofSeconds(30),
            "A request must have arrived whole within this; 1 MiB in 30 s is 35 KB/s, slower ones hold memory"
                    + " hostage.");
    static final ConfigKey<Duration> SHUTDOWN_GRACE = ConfigKey.of(
            "shutdown_grace",
            Topic.HTTP,
            new Span(Duration.ZERO, Duration.ofMinutes(5)),
            Duration.ofSeconds(10),
            "How long requests in flight may take at shutdown; below the 30 s after which supervisors use kill -9.");

    static final ConfigKey<Boolean> CONSOLE_ENABLED = ConfigKey.of(
            "console_enabled", Topic.HTTP, new Flag(), true, "Serve the console, pages for people, at /ui.");

    static final List<ConfigKey<?>> KEYS = List.of(
            BIND_ADDRESS,
            PORT,
            MAX_JSON_SIZE,
            MAX_BODY_MEMORY,
            MAX_HEADER_SIZE,
            MAX_URL_LENGTH,
            MAX_CONCURRENT_REQUESTS,
            MAX_WATCHERS,
            MAX_CONNECTIONS,
            IDLE_TIMEOUT,
            REQUEST_TIMEOUT,
            SHUTDOWN_GRACE,
            CONSOLE_ENABLED);

    static HttpConfig from(Settings settings) {
        return new HttpConfig(
                settings.get(BIND_ADDRESS),
                settings.intOf(PORT),
                settings.intOf(MAX_JSON_SIZE),
                settings.get(MAX_BODY_MEMORY),
                settings.intOf(MAX_HEADER_SIZE),
                settings.intOf(MAX_URL_LENGTH),
                settings.intOf(MAX_CONCURRENT_REQUESTS),
                settings.intOf(MAX_WATCHERS),
                settings.intOf(MAX_CONNECTIONS),
                settings.get(IDLE_TIMEOUT),
                settings.get(REQUEST_TIMEOUT),
                settings.get(SHUTDOWN_GRACE),
                settings.get(CONSOLE_ENABLED));
    }
}
