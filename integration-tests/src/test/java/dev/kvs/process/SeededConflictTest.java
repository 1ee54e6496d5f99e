package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.client.KvsClient;
import dev.kvs.client.Value;
import dev.kvs.wire.Explanation;
import dev.kvs.wire.Rival;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conflicts made by {@code test-conflict} in the directories of stopped nodes, settled by nodes that run. */
class SeededConflictTest {
    private static final Pattern SIDE = Pattern.compile("  (wins|loses) +(\\S+)  \\S+ in \\S+: (.*)");

    @TempDir
    Path folder;

    /** What test-conflict foretold for one key. */
    private record Foretold(UUID winner, String won, UUID loser, String lost) {}

    @Test
    void aConflictSeededIntoTwoNewDirectoriesEndsWithThePrintedWinnerEverywhereAndTheLoserInTheHistory()
            throws Exception {
        try (ClusterOfProcesses cluster = new ClusterOfProcesses(folder, 3)) {
            Foretold foretold = seed(cluster);

            cluster.start();

            verify(cluster, foretold);
        }
    }

    @Test
    void aConflictSeededWhileTwoNodesOfAClusterAreDownEndsTheSameWay() throws Exception {
        try (ClusterOfProcesses cluster = new ClusterOfProcesses(folder, 3)) {
            cluster.start();
            cluster.client(3).put("test/conflict/data", "\"before\"");
            cluster.awaitEverywhere("test/conflict/data", "\"before\"");
            cluster.node(1).kill();
            assertThat(cluster.node(2).stop()).isZero();

            Foretold foretold = seed(cluster, "--values", "{\"side\": 1},{\"side\": 2}");
            cluster.node(1).start();
            cluster.node(2).start();

            verify(cluster, foretold);
        }
    }

    @Test
    void theDirectoryOfARunningNodeIsRefused() throws Exception {
        try (NodeProcess running = new NodeProcess(folder.resolve("running"))) {
            running.start();
            Run run = testConflict(
                    running.data().toString(), folder.resolve("idle").toString());
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.output())
                    .contains("(process " + running.running().pid() + ") is using the data directory")
                    .contains("Stop it");
            try (KvsClient client = running.client()) {
                assertThat(client.exists("test/conflict/data")).isFalse();
            }
        }
    }

    private static void verify(ClusterOfProcesses cluster, Foretold foretold) {
        cluster.awaitEverywhere("test/conflict/data", foretold.won());
        for (int number = 1; number <= cluster.size(); number++) {
            KvsClient client = cluster.client(number);
            ClusterOfProcesses.within("the loser stands in the history of node " + number)
                    .until(() -> client.revision("test/conflict/data", foretold.loser())
                            .map(Value::text)
                            .filter(foretold.lost()::equals)
                            .isPresent());
            Explanation explained = client.explain("test/conflict/data").orElseThrow();
            assertThat(explained.rule()).as(explained.verdict()).isEqualTo("oldest_node");
            assertThat(explained.candidates())
                    .extracting(Rival::uuid)
                    .startsWith(foretold.winner())
                    .contains(foretold.loser());
        }
        cluster.awaitEqualTrees();
    }

    private static Foretold seed(ClusterOfProcesses cluster, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                cluster.node(1).data().toString(), cluster.node(2).data().toString()));
        arguments.addAll(List.of(more));
        Run run = testConflict(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.output()).isZero();
        UUID winner = new UUID(0, 0);
        String won = "";
        UUID loser = winner;
        String lost = "";
        Matcher side = SIDE.matcher(run.output());
        while (side.find()) {
            if (side.group(1).equals("wins")) {
                winner = UUID.fromString(side.group(2));
                won = side.group(3);
            } else {
                loser = UUID.fromString(side.group(2));
                lost = side.group(3);
            }
        }
        assertThat(run.output()).contains("Expect everywhere: " + won);
        return new Foretold(winner, won, loser, lost);
    }

    private record Run(int exitCode, String output) {}

    private static Run testConflict(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                NodeProcess.ROOT.resolve("test-conflict/bin/test-conflict").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
