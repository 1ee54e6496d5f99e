package dev.kvs.ctl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.Problem;
import dev.kvs.wire.WireJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A real HTTP server that answers like a node for the calls the commands make, from {@link ScriptedStore}. Refusals can
 * be scripted for the next requests whose path begins with a text.
 */
final class ScriptedNode implements AutoCloseable {
    private final String scheme;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, ErrorCode> refusals = new ConcurrentHashMap<>();

    final ScriptedStore store = new ScriptedStore();
    final ScriptedCluster cluster;
    final ScriptedAccess access = new ScriptedAccess();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> tokens = new CopyOnWriteArrayList<>();
    volatile String health = """
        {"status":"ok","mode":"normal","member_count":3,"node_id":"node-1","version":"1.0.0",
         "checks":[{"name":"storage","status":"ok"}]}\
        """;
    volatile int healthStatus = 200;
    volatile String metrics = "kvs_members 1\n";

    ScriptedNode() {
        this("http", plain());
    }

    /** A node that speaks TLS. */
    ScriptedNode(SSLContext context) throws IOException {
        this("https", secured(context));
    }

    private ScriptedNode(String scheme, HttpServer server) {
        this.scheme = scheme;
        this.server = server;
        cluster = new ScriptedCluster(url());
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private static HttpServer plain() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer secured(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on, every request whose path begins so is refused. */
    void refuse(String pathPrefix, ErrorCode code) {
        refusals.put(pathPrefix, code);
    }

    /** One answer. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        static Reply json(int status, String json) {
            return new Reply(status, Map.of(), json.getBytes(StandardCharsets.UTF_8));
        }

        Reply with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            tokens.addAll(exchange.getRequestHeaders().getOrDefault(Headers.AUTHORIZATION, List.of()));
            byte[] body = exchange.getRequestBody().readAllBytes();
            Reply reply = refusal(path).orElseGet(() -> route(exchange, path, body));
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set(Headers.REQUEST_ID, "request-1");
            boolean empty = reply.body().length == 0;
            exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
            if (!empty) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(reply.body());
                }
            }
        }
    }

    private Optional<Reply> refusal(String path) {
        return refusals.entrySet().stream()
                .filter(refusal -> path.startsWith(refusal.getKey()))
                .findFirst()
                .map(refusal -> refused(refusal.getValue(), "scripted"));
    }

    static Reply refused(ErrorCode code, String detail) {
        byte[] body = WireJson.write(Problem.of(code, detail, "request-1"));
        return new Reply(code.status(), Map.of(Headers.CONTENT_TYPE, Problem.MEDIA_TYPE), body)
                .with(Headers.ERROR_CODE, code.code());
    }

    private Reply route(HttpExchange exchange, String rawPath, byte[] body) {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String path = decoded(rawPath);
        if (path.equals("/health")) {
            return Reply.json(healthStatus, health.replace("\"normal\"", '"' + cluster.mode + '"'));
        }
        if (path.equals("/metrics")) {
            return Reply.json(200, metrics);
        }
        Optional<Reply> ofCluster = cluster.answer(exchange.getRequestMethod(), path, body);
        if (ofCluster.isPresent()) {
            return ofCluster.get();
        }
        Optional<Reply> ofAccess = access.answer(exchange.getRequestMethod(), path, query, body);
        if (ofAccess.isPresent()) {
            return ofAccess.get();
        }
        if (!path.startsWith("/kv/")) {
            return refused(ErrorCode.UNKNOWN_PATH, path);
        }
        String key = path.substring("/kv/".length());
        int slash = key.lastIndexOf('/');
        String last = key.substring(slash + 1);
        String before = slash < 0 ? "" : key.substring(0, slash);
        return switch (last) {
            case "_ls" -> store.children(before, query);
            case "_range" -> store.range(query);
            case "_batch" -> store.batch(body);
            case "_history" -> store.history(before);
            case "_restore" -> store.restore(before, new String(body, StandardCharsets.UTF_8));
            default ->
                switch (exchange.getRequestMethod()) {
                    case "PUT" -> store.put(key, body, query, exchange.getRequestHeaders());
                    case "GET" -> store.get(key, query);
                    case "DELETE" -> store.delete(key, exchange.getRequestHeaders());
                    default -> refused(ErrorCode.METHOD_NOT_ALLOWED, exchange.getRequestMethod());
                };
        };
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            String[] pair = part.split("=", 2);
            query.put(decoded(pair[0]), pair.length == 1 ? "" : decoded(pair[1]));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
