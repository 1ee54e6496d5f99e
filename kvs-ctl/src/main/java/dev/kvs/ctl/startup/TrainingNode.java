package dev.kvs.ctl.startup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kvs.wire.Headers;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.TokenProof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * As much of a node as a first command meets: it names its token's file to whoever has none, has one document, and lists it. So
 * no node has to be built before the start-up cache is made. A process of its own, {@code TrainingNode FOLDER}, since what it loads
 * would be in the cache too: it keeps its token's file in the folder, prints its URL, and answers until it is killed.
 */
public final class TrainingNode {
    private static final String TOKEN = "a.b.c";
    private static final String DOCUMENT = "{\"text\":\"what a first command loads\",\"list\":[1,2.5,true,null]}";
    private static final String LISTING = "{\"path\":\"\",\"children\":[{\"subkey\":\"train\",\"timestamp\":1,"
            + "\"directory\":false}],\"total\":1,\"truncated\":false}";

    private final HttpServer http;
    private final Path tokenFile;

    /** Prints the URL; the server's threads go on. */
    public static void main(String[] arguments) throws IOException {
        System.out.println(new TrainingNode(Path.of(arguments[0])).url());
    }

    /** Listens on a free port of this machine and keeps its token's file in this folder. */
    TrainingNode(Path folder) throws IOException {
        tokenFile = Files.writeString(folder.resolve("root.token"), TOKEN + "\n");
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String nonce = exchange.getRequestHeaders().getFirst(Headers.TOKEN_NONCE);
            boolean lists = exchange.getRequestURI().getPath().endsWith("/_ls");
            byte[] body = (lists ? LISTING : DOCUMENT).getBytes(StandardCharsets.UTF_8);
            com.sun.net.httpserver.Headers headers = exchange.getResponseHeaders();
            headers.set(Headers.CONTENT_TYPE, MediaTypes.JSON);
            headers.set(Headers.TIMESTAMP, "1790000000000");
            headers.set(Headers.ETAG, "\"01920000-0000-7000-8000-000000000001.raw\"");
            boolean known = exchange.getRequestHeaders().containsKey(Headers.AUTHORIZATION);
            if (!known && nonce != null) {
                headers.set(Headers.TOKEN_FILE, tokenFile.toString());
                headers.set(
                        Headers.TOKEN_PROOF,
                        TokenProof.of(TOKEN, nonce, http.getAddress().getPort()));
            }
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
