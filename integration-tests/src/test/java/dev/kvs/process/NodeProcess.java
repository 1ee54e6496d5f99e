package dev.kvs.process;

import static org.awaitility.Awaitility.await;

import dev.kvs.client.KvsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node started by {@code kvs-server/bin/kvs} with its own folder and port; can be killed and started again. */
final class NodeProcess implements AutoCloseable {
    /** The project. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private final String name;
    private final Path folder;
    private final int port;
    private String javaOptions = "";
    private @Nullable Process process;

    NodeProcess(Path folder, String... settings) throws IOException {
        this("node-1", folder, freePort(), List.of(settings));
    }

    NodeProcess(String name, Path folder, int port, List<String> settings) throws IOException {
        this.name = name;
        this.folder = folder;
        this.port = port;
        List<String> config = new ArrayList<>(List.of("node_id: " + name, "port: " + port));
        if (settings.stream().noneMatch(line -> line.startsWith("auth_enabled"))) {
            config.addAll(List.of("auth_enabled: false", "rate_limiting_enabled: false"));
        }
        config.addAll(settings);
        Files.createDirectories(folder);
        Files.write(folder.resolve("config.yaml"), config);
    }

    /** A port that is free now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What the JVM is told at the next start. */
    void javaOptions(String options) {
        javaOptions = options;
    }

    /** Starts the node and waits until it is ready. */
    void start() throws IOException {
        launch();
        await().atMost(START_WITHIN)
                .pollInterval(POLL)
                .until(() -> isReady() || !running().isAlive());
        if (!running().isAlive()) {
            throw new IOException("the node did not become ready:\n" + output());
        }
    }

    /** Starts the node and waits for nothing. */
    void launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ROOT.resolve("kvs-server/bin/kvs").toString(),
                        folder.resolve("config.yaml").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.log").toFile()));
        if (!javaOptions.isEmpty()) {
            builder.environment().put("KVS_JAVA_OPTS", javaOptions);
        }
        process = builder.start();
    }

    /** Whether {@code /health/ready} answers 200. */
    boolean isReady() throws InterruptedException {
        return readiness() == 200;
    }

    /** The status of {@code /health/ready} on a new connection, 0 when there is no answer. */
    int readiness() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Whether it was started and has not ended. */
    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** A connection for what no client would send, or not so slowly. */
    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** SIGTERM; returns the exit status. */
    int stop() throws InterruptedException {
        running().destroy();
        return running().waitFor();
    }

    Process running() {
        Process now = process;
        if (now == null) {
            throw new IllegalStateException("the node was not started");
        }
        return now;
    }

    /** Its {@code node_id}. */
    String name() {
        return name;
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** A client that repeats nothing, so that a test knows what was acknowledged. */
    KvsClient client() {
        return KvsClient.builder(url())
                .retries(0)
                .requestTimeout(Duration.ofSeconds(20))
                .build();
    }

    Path data() {
        return folder.resolve("data");
    }

    /** What the node printed since the folder was made. */
    String output() throws IOException {
        return Files.readString(folder.resolve("output.log"));
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
