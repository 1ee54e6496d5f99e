package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.client.KvsClient;
import dev.kvs.client.WriteOptions;
import dev.kvs.wire.BatchOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may come into a cluster, and as whom. */
class RejoinTest {
    private static final String SECRET = "5ec2e7".repeat(11);
    private static final int KEYS = 3_000;

    @TempDir
    Path folder;

    @Test
    void aNodeWithItsOldNameAndAnEmptiedDirectoryTakesEverythingOverAgain() throws Exception {
        try (ClusterOfProcesses cluster = new ClusterOfProcesses(folder, 3)) {
            cluster.start();
            fill(cluster.client(3));
            cluster.client(3).put("rejoin/own", "1", WriteOptions.NONE.withAcks(3));

            cluster.node(3).kill();
            empty(cluster.node(3).data());
            cluster.client(1).put("rejoin/missed", "2");
            cluster.client(1).delete("rejoin/0");
            cluster.node(3).start();
            cluster.awaitMembers(3);

            assertThat(ClusterOfProcesses.raw(cluster.client(3), "rejoin/own")).isEqualTo("1");
            assertThat(ClusterOfProcesses.raw(cluster.client(3), "rejoin/missed"))
                    .isEqualTo("2");
            assertThat(cluster.client(3).exists("rejoin/0")).isFalse();
            assertThat(cluster.client(3).children("rejoin").count()).isEqualTo(KEYS + 1);
            cluster.client(3).put("rejoin/own", "3", WriteOptions.NONE.withAcks(3));
            cluster.awaitEverywhere("rejoin/own", "3");
            cluster.awaitEqualTrees();
        }
    }

    @Test
    void aFounderWithAnEmptiedDirectoryThatNamesNoSeedsTakesEverythingOverOnceItIsFound() throws Exception {
        try (ClusterOfProcesses cluster = new ClusterOfProcesses(folder, 2)) {
            cluster.start();
            fill(cluster.client(1));
            cluster.awaitEqualTrees();
            cluster.node(1).kill();

            try (NodeProcess founder = new NodeProcess(
                            "node1", folder.resolve("emptied"), cluster.node(1).port(), List.of());
                    KvsClient client = founder.client()) {
                founder.start();
                ClusterOfProcesses.awaitOutput(founder, "The node takes over what the others have");
                ClusterOfProcesses.awaitOutput(founder, "The node has caught up with the others");
                ClusterOfProcesses.within("the founder takes writes")
                        .until(() -> client.health().mode().equals("normal"));
                assertThat(client.children("rejoin").count()).isEqualTo(KEYS);
                ClusterOfProcesses.within("both members are equal")
                        .until(() -> client.merkleRoot()
                                .root()
                                .equals(cluster.client(2).merkleRoot().root()));
                assertThat(client.health().memberCount()).isEqualTo(2);
            }
        }
    }

    private static void fill(KvsClient client) {
        for (int from = 0; from < KEYS; from += 500) {
            List<BatchOperation> batch = new ArrayList<>();
            for (int i = from; i < from + 500; i++) {
                batch.add(BatchOperation.put("rejoin/" + i, "" + i));
            }
            client.batch(batch, WriteOptions.NONE);
        }
    }

    private static void empty(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void aNodeThatLeavesIsNoMemberAtOnceAndIsOneAgainWhenItIsStartedAgain() throws Exception {
        try (ClusterOfProcesses cluster = new ClusterOfProcesses(folder, 3)) {
            cluster.start();
            cluster.client(3).put("leave/last", "1");
            String heir = cluster.client(3).leave().coveredBy();
            cluster.awaitMembers(cluster.node(1), 2);
            cluster.awaitMembers(cluster.node(2), 2);
            int number = cluster.node(1).name().equals(heir) ? 1 : 2;
            assertThat(heir).isEqualTo(cluster.node(number).name());
            assertThat(ClusterOfProcesses.raw(cluster.client(number), "leave/last"))
                    .as("what the member that covers the one that left holds")
                    .isEqualTo("1");
            cluster.awaitEverywhere("leave/last", "1");
            cluster.client(1).put("leave/missed", "2", WriteOptions.NONE.withAcks(2));

            assertThat(cluster.node(3).stop()).isZero();
            cluster.node(3).start();
            cluster.awaitMembers(3);
            cluster.awaitEverywhere("leave/missed", "2");
            cluster.awaitEqualTrees();
        }
    }

    @Test
    void aSecondNodeOfTheSameNameIsRefusedAndBothSidesSayWhy() throws Exception {
        try (ClusterOfProcesses cluster = new ClusterOfProcesses(folder, 2)) {
            cluster.start();
            NodeProcess impostor = cluster.add("node1", "impostor");
            impostor.start();

            ClusterOfProcesses.awaitOutput(
                    impostor,
                    "The name node1 is in use by a living member at 127.0.0.1:"
                            + cluster.node(1).port());
            cluster.client(2).put("duplicate/key", "1", WriteOptions.NONE.withAcks(2));
            assertThat(cluster.client(2).health().memberCount()).isEqualTo(2);
            assertThat(cluster.client(3).exists("duplicate/key")).isFalse();
        }
    }

    @Test
    void aNodeWithAnotherSecretIsRefusedAndToldWhy() throws Exception {
        try (ClusterOfProcesses cluster = new ClusterOfProcesses(folder, 2, "cluster_secret: \"" + SECRET + "\"")) {
            cluster.start();
            cluster.client(1).put("secret/key", "1", WriteOptions.NONE.withAcks(2));
            NodeProcess stranger = cluster.add("stranger", "stranger", "cluster_secret: \"" + "0".repeat(64) + "\"");
            NodeProcess open = cluster.add("open", "open");
            stranger.start();
            open.start();

            ClusterOfProcesses.awaitOutput(stranger, "cluster_secret");
            ClusterOfProcesses.awaitOutput(open, "cluster_secret");
            assertThat(cluster.client(1).health().memberCount()).isEqualTo(2);
            assertThat(cluster.client(3).exists("secret/key")).isFalse();
            assertThat(cluster.client(4).exists("secret/key")).isFalse();
        }
    }
}
