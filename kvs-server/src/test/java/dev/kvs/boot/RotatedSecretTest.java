package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kvs.boot.config.ConfigLoader;
import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.wire.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is started again with another {@code cluster_secret}. */
class RotatedSecretTest {
    private static final String FIRST = "1a".repeat(32);
    private static final String SECOND = "2b".repeat(32);

    @TempDir
    private Path directory;

    private Node start(String... lines) throws Exception {
        Path file = Files.writeString(
                directory.resolve("config.yaml"), "port: 0\nnode_id: alpha\n" + String.join("\n", lines) + "\n");
        return Node.start(new ConfigLoader(Map.of(), new Properties(), "alpha").load(file));
    }

    private static KvsClient as(String token, Node node) {
        return KvsClient.builder(node.address()).token(token).retries(0).build();
    }

    private String rootToken() throws Exception {
        return Files.readString(directory.resolve("data").resolve(Watchmen.ROOT_TOKEN))
                .strip();
    }

    @Test
    void aTokenMadeUnderThePreviousSecretStaysGood() throws Exception {
        String old;
        try (Node node = start("cluster_secret: " + FIRST);
                KvsClient root = as(rootToken(), node)) {
            root.put("a", "1");
            old = rootToken();
        }
        try (Node node = start("cluster_secret: " + SECOND, "cluster_secret_previous: " + FIRST);
                KvsClient before = as(old, node);
                KvsClient after = as(rootToken(), node)) {
            assertThat(before.access().whoAmI().user()).isEqualTo("root");
            assertThat(before.get("a")).isPresent();
            assertThat(after.access().whoAmI().user()).isEqualTo("root");
        }
        try (Node node = start("cluster_secret: " + SECOND);
                KvsClient before = as(old, node)) {
            var refused = catchThrowableOfType(KvsClientException.Refused.class, () -> before.get("a"));
            assertThat(refused.code()).contains(ErrorCode.UNAUTHORIZED);
        }
    }
}
