package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.client.ConflictQuery;
import dev.kvs.wire.ConflictReport;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.SeedRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conflict_policy: majority-vote} on nodes that run. */
class MajorityVoteTest {
    private static final int KEYS = 20;

    @TempDir
    Path folder;

    @Test
    void writesWithOneTimestampAreVotedOnAndEndWithOneValueEverywhere() throws Exception {
        try (ClusterOfProcesses cluster =
                new ClusterOfProcesses(folder, 3, "conflict_policy: majority-vote", "conflict_seeding_enabled: true")) {
            cluster.start();
            long now = System.currentTimeMillis();
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                String key = "vote/" + i;
                keys.add(key);
                for (int number = 1; number <= 2; number++) {
                    RawJson json = RawJson.ofUtf8(("\"node" + number + "\"").getBytes(StandardCharsets.UTF_8));
                    cluster.client(number).seedConflict(new SeedRequest(key, json, now, i));
                }
            }
            for (String key : keys) {
                ClusterOfProcesses.within("somebody has had " + key + " voted on")
                        .until(() -> isVotedOn(cluster, key));
            }
            assertThat(cluster.awaitEqual(keys))
                    .allMatch(json -> List.of("\"node1\"", "\"node2\"").contains(json));
            cluster.awaitEqualTrees();
        }
    }

    /** Only the node whose version the order prefers convenes the others; all three have a voice. */
    private static boolean isVotedOn(ClusterOfProcesses cluster, String key) {
        for (int number = 1; number <= 2; number++) {
            List<ConflictReport> found =
                    cluster.client(number).conflicts(ConflictQuery.of(key)).conflicts();
            if (found.stream().anyMatch(conflict -> conflict.votes().size() == 3)) {
                return true;
            }
        }
        return false;
    }
}
