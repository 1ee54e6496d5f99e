package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.client.KvsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that cannot reach each other, either way, and a third that reaches both. */
class RelayTest {
    /** On loopback too, and no node listens there. */
    private static final String NOWHERE = "127.0.0.9";

    private static final int NODES = 3;

    @TempDir
    Path folder;

    private List<NodeProcess> nodes() throws IOException {
        List<Integer> ports = ClusterOfProcesses.ports(NODES);
        List<NodeProcess> nodes = new ArrayList<>();
        for (int number = 1; number <= NODES; number++) {
            String name = "node" + number;
            NodeProcess node = new NodeProcess(
                    name,
                    folder.resolve(name),
                    ports.get(number - 1),
                    List.of(
                            "advertise_address: \"" + host(number) + ":" + ports.get(number - 1) + "\"",
                            // Comparisons of trees would carry the writes as well, and hide a relay that does not.
                            "sync_interval: 1h",
                            "catchup_interval: 1h",
                            "seed_nodes: [\"" + host(NODES) + ":" + ports.get(NODES - 1) + "\"]"));
            node.javaOptions("-Djdk.net.hosts.file=" + hosts(number));
            nodes.add(node);
        }
        return nodes;
    }

    private static String host(int number) {
        return "node" + number + ".test";
    }

    /** What a node believes the others' addresses to be. */
    private Path hosts(int number) throws IOException {
        List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
        for (int other = 1; other <= NODES; other++) {
            boolean reachable = other == number || other == NODES || number == NODES;
            lines.add((reachable ? "127.0.0.1" : NOWHERE) + " " + host(other));
        }
        return Files.write(folder.resolve("hosts" + number), lines);
    }

    @Test
    void whatANodeWritesGetsAroundThroughTheThirdToWhomItCannotReach() throws Exception {
        List<NodeProcess> nodes = nodes();
        try (NodeProcess first = nodes.get(0);
                NodeProcess second = nodes.get(1);
                NodeProcess third = nodes.get(2);
                KvsClient one = first.client();
                KvsClient two = second.client();
                KvsClient three = third.client()) {
            third.start();
            first.launch();
            second.launch();
            ClusterOfProcesses.within("the third node sees both")
                    .until(() -> three.health().memberCount() == NODES);
            for (KvsClient client : List.of(one, two)) {
                ClusterOfProcesses.within("a node takes writes")
                        .until(() -> client.health().mode().equals("normal"));
            }

            one.put("relay/one", "1");
            two.put("relay/two", "2");
            ClusterOfProcesses.within("the second has what the first wrote")
                    .until(() -> "1".equals(ClusterOfProcesses.raw(two, "relay/one")));
            ClusterOfProcesses.within("the first has what the second wrote")
                    .until(() -> "2".equals(ClusterOfProcesses.raw(one, "relay/two")));
            one.delete("relay/two");
            ClusterOfProcesses.within("a deletion gets around too").until(() -> !two.exists("relay/two"));

            assertThat(one.health().memberCount()).as("the two have never met").isLessThan(NODES);
        }
    }
}
