package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes that reach each other only through ways that the test can cut. Clients reach them directly. */
class PartitionTest {
    @TempDir
    Path folder;

    private ClusterOfProcesses cluster;
    private final List<TcpProxy> ways = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        List<Integer> ports = ClusterOfProcesses.ports(6);
        List<Integer> own = ports.subList(0, 3);
        List<Integer> advertised = ports.subList(3, 6);
        for (int i = 0; i < 3; i++) {
            ways.add(new TcpProxy(advertised.get(i), own.get(i)));
        }
        cluster = new ClusterOfProcesses(folder, own, advertised);
        cluster.start();
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
        for (TcpProxy way : ways) {
            way.close();
        }
    }

    @Test
    void nodesThatWereCutOffFromEachOtherTakeWritesAndAreEqualAgainAfterwards() throws Exception {
        cluster.client(1).put("partition/before", "0");
        cluster.awaitEverywhere("partition/before", "0");

        for (TcpProxy way : ways) {
            way.cut();
        }
        cluster.awaitMembers(1);
        List<String> contended = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            contended.add("partition/contended/" + i);
            for (int number = 1; number <= 3; number++) {
                cluster.client(number).put("partition/" + number + "/" + i, "" + i);
                cluster.client(number).put("partition/contended/" + i, "\"node" + number + "\"");
            }
        }
        cluster.client(2).delete("partition/before");
        assertThat(cluster.client(1).exists("partition/2/0")).isFalse();

        for (TcpProxy way : ways) {
            way.mend();
        }
        cluster.awaitMembers(3);
        for (int i = 0; i < 20; i++) {
            for (int number = 1; number <= 3; number++) {
                cluster.awaitEverywhere("partition/" + number + "/" + i, "" + i);
            }
        }
        cluster.awaitEverywhere("partition/before", null);
        // Written last by the clock, and the order goes by it.
        assertThat(cluster.awaitEqual(contended)).containsOnly("\"node3\"");
        cluster.awaitEqualTrees();
    }

    @Test
    void aNodeThatNobodyReachesStillSendsWhatItTakesAndCatchesUpWhenItIsReached() throws Exception {
        // Nobody gets in to node 3, but node 3 gets out: its own writes go on to reach the others.
        ways.get(2).cut();
        cluster.client(3).put("one-way/out", "1");
        cluster.awaitEverywhere("one-way/out", "1");
        cluster.client(1).put("one-way/in", "2");
        ways.get(2).mend();
        cluster.awaitEverywhere("one-way/in", "2");
        cluster.awaitMembers(3);
    }
}
