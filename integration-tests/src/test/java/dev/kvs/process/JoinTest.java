package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.client.KvsClient;
import dev.kvs.wire.JoinReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /members/join}: nodes that were started without seeds are brought together. */
class JoinTest {
    @TempDir
    Path folder;

    private NodeProcess node(String name) throws Exception {
        return new NodeProcess(name, folder.resolve(name), NodeProcess.freePort(), List.of());
    }

    @Test
    void aNodeWithoutSeedsJoinsThroughAnAddressAndBothSidesShareWhatTheyHave() throws Exception {
        try (NodeProcess here = node("here");
                NodeProcess there = node("there");
                KvsClient one = here.client();
                KvsClient two = there.client()) {
            here.start();
            there.start();
            one.put("join/one", "1");
            two.put("join/two", "2");

            JoinReport nobody = one.join("127.0.0.1:" + NodeProcess.freePort());
            assertThat(nobody.joined()).isFalse();
            assertThat(nobody.detail()).isNotEmpty();
            assertThat(one.join("127.0.0.1:" + here.port()).detail()).contains("this node itself");

            JoinReport joined = one.join("127.0.0.1:" + there.port());
            assertThat(joined.joined()).as(joined.detail()).isTrue();
            for (KvsClient client : List.of(one, two)) {
                ClusterOfProcesses.within("both count two")
                        .until(() -> client.health().memberCount() == 2);
            }
            ClusterOfProcesses.within("the one has what the other had")
                    .until(() -> "2".equals(ClusterOfProcesses.raw(one, "join/two")));
            ClusterOfProcesses.within("and the other way round")
                    .until(() -> "1".equals(ClusterOfProcesses.raw(two, "join/one")));
        }
    }
}
