package dev.kvs.boot;

import static org.awaitility.Awaitility.await;

import dev.kvs.boot.config.ConfigLoader;
import dev.kvs.client.KvsClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;

/** Two real nodes on free ports that have found each other: {@code alpha} is the founder, {@code beta} has joined. */
final class TwoNodes implements AutoCloseable {
    /** Formation takes a second or two; a busy machine may take its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    final Node alpha;
    final Node beta;
    final KvsClient a;
    final KvsClient b;

    /** Starts them in folders below {@code directory}, with more lines for both configurations. */
    TwoNodes(Path directory, String more) throws Exception {
        this(directory, more, "");
    }

    /** The same with more lines for {@code beta} alone. */
    TwoNodes(Path directory, String more, String moreOfBeta) throws Exception {
        this.directory = directory;
        this.alpha = start("alpha", more);
        this.beta = start("beta", more + moreOfBeta + "seed_nodes: [\"" + hostAndPort(alpha) + "\"]\n");
        this.a = KvsClient.connect(alpha.address());
        this.b = KvsClient.connect(beta.address());
        eventually(() -> a.members().size() == 2
                && b.members().size() == 2
                && b.health().mode().equals("normal"));
    }

    private Node start(String name, String more) throws Exception {
        Path home = Files.createDirectories(directory.resolve(name));
        Path file = Files.writeString(
                home.resolve("config.yaml"),
                "auth_enabled: false\nport: 0\nnode_id: " + name + "\nprobe_interval_ms: 200\ncluster_secret: "
                        + "5c".repeat(32) + "\n" + more);
        return Node.start(new ConfigLoader(Map.of(), new Properties(), name).load(file));
    }

    static String hostAndPort(Node node) {
        return node.address().substring("http://".length());
    }

    /** Waits until a condition holds. */
    static void eventually(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    @Override
    public void close() {
        a.close();
        b.close();
        beta.close();
        alpha.close();
    }
}
