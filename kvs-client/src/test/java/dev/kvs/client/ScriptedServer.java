package dev.kvs.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.Problem;
import dev.kvs.wire.WireJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on a real port that gives the answers it was told to give, in order, and keeps what it was asked. */
final class ScriptedServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What arrived. */
    record Request(String method, String target, com.sun.net.httpserver.Headers headers, String body) {
        String line() {
            return method + " " + target;
        }

        String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** What is given back. */
    record Reply(int status, Map<String, String> headers, byte[] body, boolean chunked, boolean silent) {
        static Reply of(int status, String body) {
            return new Reply(
                    status,
                    Map.of(Headers.CONTENT_TYPE, "application/json"),
                    body.getBytes(StandardCharsets.UTF_8),
                    false,
                    false);
        }

        static Reply refusal(ErrorCode code) {
            return of(
                            code.status(),
                            new String(
                                    WireJson.write(Problem.of(code, "detail of " + code.code(), "request-1")),
                                    StandardCharsets.UTF_8))
                    .with(Headers.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .with(Headers.ERROR_CODE, code.code());
        }

        /** Never answers. */
        static Reply silence() {
            return new Reply(0, Map.of(), new byte[0], false, true);
        }

        Reply with(String header, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(header, value);
            return new Reply(status, all, body, chunked, silent);
        }

        Reply inChunks() {
            return new Reply(status, headers, body, true, silent);
        }
    }

    ScriptedServer(Reply... replies) {
        script.addAll(List.of(replies));
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new AssertionError("no port for the test's server", noPort);
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    List<Request> requests() {
        return requests;
    }

    Request onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("not one request but " + requests);
        }
        return requests.getFirst();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestURI().toString();
            requests.add(new Request(exchange.getRequestMethod(), target, exchange.getRequestHeaders(), body));
            Reply reply = script.isEmpty() ? Reply.refusal(ErrorCode.INTERNAL) : script.remove();
            if (reply.silent()) {
                awaitClose();
                return;
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            send(exchange, reply);
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || reply.body().length == 0;
        exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.chunked() ? 0 : reply.body().length);
        if (!bodiless) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
