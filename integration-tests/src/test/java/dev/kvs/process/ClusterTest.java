package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.client.WriteOptions;
import dev.kvs.client.Written;
import dev.kvs.wire.ErrorCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What three nodes that run do for each other. They are started once; each fact has keys of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {
    private ClusterOfProcesses cluster;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cluster = new ClusterOfProcesses(folder, 3);
        cluster.start();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void eachNodeCountsThree() {
        for (int number = 1; number <= 3; number++) {
            assertThat(cluster.client(number).health().memberCount()).isEqualTo(3);
        }
    }

    @Test
    void whatIsWrittenReplacedAndDeletedOnAnyNodeIsSoOnAll() {
        for (int number = 1; number <= 3; number++) {
            String key = "replicated/" + number;
            cluster.client(number).put(key, "{\"from\":" + number + "}");
            cluster.awaitEverywhere(key, "{\"from\":" + number + "}");
            cluster.client(1 + number % 3).put(key, "{\"from\":\"another\"}");
            cluster.awaitEverywhere(key, "{\"from\":\"another\"}");
            cluster.client(1 + (number + 1) % 3).delete(key);
            cluster.awaitEverywhere(key, null);
        }
    }

    @Test
    void aWriteWithAcksIsOnSoManyNodesWhenItIsAnswered() {
        for (int i = 0; i < 20; i++) {
            String key = "acks/" + i;
            Written written = cluster.client(1).put(key, "" + i, WriteOptions.NONE.withAcks(3));
            assertThat(written.acks()).isEqualTo(3);
            assertThat(ClusterOfProcesses.raw(cluster.client(2), key)).isEqualTo("" + i);
            assertThat(ClusterOfProcesses.raw(cluster.client(3), key)).isEqualTo("" + i);
        }
    }

    @Test
    void moreAcksThanNodesAreRefusedAndNothingIsWritten() {
        KvsClientException.Refused refused = catchThrowableOfType(
                KvsClientException.Refused.class,
                () -> cluster.client(1).put("acks/four", "1", WriteOptions.NONE.withAcks(4)));
        assertThat(refused.code()).contains(ErrorCode.QUORUM_UNAVAILABLE);
        assertThat(cluster.client(1).exists("acks/four")).isFalse();
    }

    @Test
    void aReadOnlyNodeRefusesClientsAndStillTakesWhatOthersWrite() throws Exception {
        mode(2, "read-only");
        try {
            KvsClientException.Refused refused = catchThrowableOfType(
                    KvsClientException.Refused.class, () -> cluster.client(2).put("read-only/here", "1"));
            assertThat(refused.code()).contains(ErrorCode.READ_ONLY);
            cluster.client(1).put("read-only/there", "2");
            cluster.awaitEverywhere("read-only/there", "2");
        } finally {
            mode(2, "normal");
        }
        cluster.client(2).put("read-only/here", "3");
        cluster.awaitEverywhere("read-only/here", "3");
    }

    private void mode(int number, String mode) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(cluster.node(number).url() + "/admin/mode"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"mode\":\"" + mode + "\"}"))
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void writesToOneKeyOnAllNodesAtOnceEndWithOneValueEverywhere() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String key = "contended/" + i;
            keys.add(key);
            for (int number = 1; number <= 3; number++) {
                KvsClient client = cluster.client(number);
                client.put(key, "" + number);
            }
        }
        assertThat(cluster.awaitEqual(keys))
                .allMatch(json -> List.of("1", "2", "3").contains(json));
    }
}
