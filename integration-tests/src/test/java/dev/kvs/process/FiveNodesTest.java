package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.client.WriteOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiveNodesTest {
    @TempDir
    Path folder;

    @Test
    void fiveNodesFormReplicateLoseTwoGoOnAndAreFiveAgain() throws Exception {
        try (ClusterOfProcesses cluster = new ClusterOfProcesses(folder, 5)) {
            cluster.start();
            for (int number = 1; number <= 5; number++) {
                assertThat(cluster.client(number)
                                .put("five/" + number, "" + number, WriteOptions.NONE.withAcks(5))
                                .acks())
                        .isEqualTo(5);
            }

            cluster.node(4).kill();
            cluster.node(5).kill();
            cluster.awaitMembers(3);
            cluster.client(1).put("five/1", "\"three left\"", WriteOptions.NONE.withAcks(3));
            cluster.node(4).launch();
            cluster.node(5).start();
            cluster.awaitMembers(5);

            cluster.awaitEverywhere("five/1", "\"three left\"");
            cluster.awaitEverywhere("five/5", "5");
            cluster.awaitEqualTrees();
        }
    }
}
