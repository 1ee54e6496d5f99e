package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.boot.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
    @TempDir
    private Path directory;

    @Test
    void nobodyElseReadsWhatANodeKeeps() throws Exception {
        Path file = Files.writeString(directory.resolve("config.yaml"), "port: 0\ncluster_secret: " + "ab".repeat(32));
        Node.start(new ConfigLoader(Map.of(), new Properties(), "machine").load(file))
                .close();
        Path data = directory.resolve("data");
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve(Watchmen.ROOT_TOKEN))).isEqualTo("rw-------");
    }

    @Test
    void theTokenIsRenewedOnlyWhereItIs() throws Exception {
        Path file = Files.writeString(directory.resolve("config.yaml"), "port: 0\ncluster_secret: " + "ab".repeat(32));
        Path token = directory.resolve("data").resolve(Watchmen.ROOT_TOKEN);
        Node.start(new ConfigLoader(Map.of(), new Properties(), "machine").load(file))
                .close();
        Files.delete(token);
        Node.start(new ConfigLoader(Map.of(), new Properties(), "machine").load(file))
                .close();
        assertThat(token).doesNotExist();
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
