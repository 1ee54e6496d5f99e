package dev.kvs.process;

import static org.awaitility.Awaitility.await;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.wire.HealthReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** Some nodes on loopback that name each other as seeds, each in a process and a folder of its own. */
final class ClusterOfProcesses implements AutoCloseable {
    /** Many times what anything here takes: what is late by this much does not come. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(50);

    private final Path folder;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<KvsClient> clients = new ArrayList<>();
    private final String seeds;

    /** Nodes {@code node1} and so on, not started yet. */
    ClusterOfProcesses(Path folder, int size, String... settings) throws IOException {
        this(folder, ports(size), null, settings);
    }

    /**
     * As above, on chosen ports.
     *
     * @param advertised where others are told to reach each node; null for the node's own port
     */
    ClusterOfProcesses(Path folder, List<Integer> ports, @Nullable List<Integer> advertised, String... settings)
            throws IOException {
        this.folder = folder;
        this.seeds = "seed_nodes: " + addresses(advertised == null ? ports : advertised);
        for (int i = 0; i < ports.size(); i++) {
            List<String> own = new ArrayList<>(List.of(settings));
            if (advertised != null) {
                own.add("advertise_address: \"127.0.0.1:" + advertised.get(i) + "\"");
            }
            add("node" + (i + 1), "node" + (i + 1), ports.get(i), own);
        }
    }

    static List<Integer> ports(int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = NodeProcess.freePort();
            if (!ports.contains(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    private static List<String> addresses(List<Integer> ports) {
        return ports.stream().map(port -> "\"127.0.0.1:" + port + "\"").toList();
    }

    /** One more node that knows the same seeds, not started yet. */
    NodeProcess add(String name, String folderName, String... settings) throws IOException {
        return add(name, folderName, NodeProcess.freePort(), List.of(settings));
    }

    private NodeProcess add(String name, String folderName, int port, List<String> settings) throws IOException {
        List<String> all = new ArrayList<>(settings);
        all.add(seeds);
        NodeProcess node = new NodeProcess(name, folder.resolve(folderName), port, all);
        nodes.add(node);
        clients.add(node.client());
        return node;
    }

    /** Starts all nodes at once and waits until each sees all. */
    void start() throws IOException {
        for (NodeProcess node : nodes) {
            node.launch();
        }
        awaitMembers(nodes.size());
    }

    int size() {
        return nodes.size();
    }

    NodeProcess node(int number) {
        return nodes.get(number - 1);
    }

    /** A client of one node that repeats nothing. */
    KvsClient client(int number) {
        return clients.get(number - 1);
    }

    /** A condition with this class's deadline; a node that does not answer does not meet it yet. */
    static ConditionFactory within(String what) {
        return await(what)
                .atMost(DEADLINE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(KvsClientException.class);
    }

    /** Waits until every node that runs counts so many members and takes writes. */
    void awaitMembers(int count) {
        for (NodeProcess node : nodes) {
            if (node.isAlive()) {
                awaitMembers(node, count);
            }
        }
    }

    /** Waits until one node counts so many members and takes writes. */
    void awaitMembers(NodeProcess node, int count) {
        within(node.name() + " counts " + count + " members").until(() -> {
            if (!node.isAlive()) {
                throw new IllegalStateException(node.name() + " has ended:\n" + node.output());
            }
            Optional<HealthReport> health = healthOf(node);
            return health.isPresent()
                    && health.get().memberCount() == count
                    && !health.get().mode().equals("syncing");
        });
    }

    private Optional<HealthReport> healthOf(NodeProcess node) {
        try {
            return Optional.of(clients.get(nodes.indexOf(node)).health());
        } catch (KvsClientException starting) {
            return Optional.empty();
        }
    }

    /** Waits until a key has this document on every node that runs, or is found on none when it is null. */
    void awaitEverywhere(String key, @Nullable String json) {
        for (int number = 1; number <= nodes.size(); number++) {
            if (node(number).isAlive()) {
                KvsClient client = client(number);
                within(key + " on " + node(number).name() + " is " + json)
                        .until(() -> Objects.equals(raw(client, key), json));
            }
        }
    }

    /** Waits until all nodes that run show the same document for each key, which it returns in the order given. */
    List<@Nullable String> awaitEqual(Collection<String> keys) {
        List<@Nullable String> found = new ArrayList<>();
        for (String key : keys) {
            Set<@Nullable String> last = new HashSet<>();
            within("all nodes agree on " + key).until(() -> {
                last.clear();
                for (int number = 1; number <= nodes.size(); number++) {
                    if (node(number).isAlive()) {
                        last.add(raw(client(number), key));
                    }
                }
                return last.size() == 1;
            });
            found.add(last.iterator().next());
        }
        return found;
    }

    /** Waits until the Merkle trees of all nodes that run are equal. */
    void awaitEqualTrees() {
        within("the trees of all nodes are equal").until(() -> {
            // Epochs may differ for a minute after a start; they leave out nothing that these tests write.
            Set<String> roots = new HashSet<>();
            for (int number = 1; number <= nodes.size(); number++) {
                if (node(number).isAlive()) {
                    roots.add(client(number).merkleRoot().root());
                }
            }
            return roots.size() == 1;
        });
    }

    /** The bare document, null when there is none. */
    static @Nullable String raw(KvsClient client, String key) {
        return client.getRaw(key)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse(null);
    }

    /** Waits until a node has said something in its log. */
    static void awaitOutput(NodeProcess node, String text) {
        within(node.name() + " says: " + text).until(() -> node.output().contains(text));
    }

    @Override
    public void close() {
        clients.forEach(KvsClient::close);
        nodes.forEach(NodeProcess::close);
    }
}
