package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.boot.config.ConfigLoader;
import dev.kvs.client.KvsClient;
import dev.kvs.client.WriteOptions;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Network;
import dev.kvs.storage.Arrivals;
import dev.kvs.storage.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest document that any node may be told to take comes to another node on each of the ways that there are. */
class LargestDocumentTest {
    private static final Random RANDOM = new Random(1);

    @TempDir
    private Path directory;

    private Store storeOfAlpha;

    @Test
    void itComesByBootstrapByPushAndByComparison() throws Exception {
        try (Node alpha = start("alpha", "", store -> storeOfAlpha = store);
                KvsClient a = KvsClient.connect(alpha.address())) {
            String seeds = "seed_nodes: [\"" + TwoNodes.hostAndPort(alpha) + "\"]\n";
            byte[] bootstrapped = put(a, "bootstrapped", 1);
            try (Node beta = start("beta", seeds, _ -> {});
                    KvsClient b = KvsClient.connect(beta.address())) {
                await(a, b);
                assertThat(b.getRaw("bootstrapped")).hasValue(bootstrapped);
                assertThat(b.getRaw("pushed")).isEmpty();
                byte[] pushed = put(a, "pushed", 2);
                assertThat(b.getRaw("pushed")).hasValue(pushed);
            }
            byte[] offered = put(a, "offered", 1);
            byte[] fetched = put(a, "fetched", 1);
            try (Node beta = start("beta", seeds, this::claimAll);
                    KvsClient b = KvsClient.connect(beta.address())) {
                await(a, b);
                TwoNodes.eventually(() -> {
                    // One message holds one of them, so neither side alone brings both in one comparison.
                    a.syncNow();
                    b.syncNow();
                    return b.exists("offered") && b.exists("fetched");
                });
                assertThat(b.getRaw("offered")).hasValue(offered);
                assertThat(b.getRaw("fetched")).hasValue(fetched);
            }
        }
    }

    private Node start(String name, String more, Consumer<Store> opened) throws Exception {
        Path home = Files.createDirectories(directory.resolve(name));
        Path file = Files.writeString(
                home.resolve("config.yaml"),
                "auth_enabled: false\nport: 0\nnode_id: " + name + "\nprobe_interval_ms: 200\ncluster_secret: "
                        + "5c".repeat(32) + "\nmax_json_size: " + Network.DOCUMENT_BYTES_MAX + "\n" + more);
        return Node.start(
                new ConfigLoader(Map.of(), new Properties(), name).load(file),
                (config, meters, mode, tls, time, randomness) -> {
                    Engine engine = StoreEngine.open(config, meters, mode, tls, time, randomness);
                    opened.accept((Store) engine.store());
                    return engine;
                });
    }

    /** What a node says that it knows is not pushed to it. */
    private void claimAll(Store store) {
        VersionVector all = storeOfAlpha.feed().knowledge();
        store.receive(new Arrivals(List.of(), all, List.of(), List.of())).await();
    }

    private static void await(KvsClient a, KvsClient b) {
        TwoNodes.eventually(() -> a.members().size() == 2
                && b.members().size() == 2
                && b.health().mode().equals("normal"));
    }

    /** Stores a document that cannot be compressed to much less, and waits until so many nodes have it. */
    private static byte[] put(KvsClient client, String key, int acks) {
        byte[] json = new byte[Network.DOCUMENT_BYTES_MAX];
        for (int i = 0; i < json.length; i++) {
            json[i] = (byte) ('a' + RANDOM.nextInt(26));
        }
        json[0] = '"';
        json[json.length - 1] = '"';
        client.put(key, json, WriteOptions.NONE.withAcks(acks));
        return json;
    }
}
