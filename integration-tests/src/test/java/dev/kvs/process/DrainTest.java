package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM as clients and load balancers see it. */
@Timeout(180)
class DrainTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern WAITING = Pattern.compile("^kvs_http_waiting(\\{[^}]*})? [1-9]", Pattern.MULTILINE);

    @TempDir
    Path folder;

    @Test
    void aSlowRequestFinishesWhileTheNodeIsNotReadyAndRefusesWrites() throws Exception {
        try (NodeProcess node = new NodeProcess(folder, "shutdown_grace: 1m")) {
            node.start();
            try (KvsClient client = node.client();
                    Socket slow = node.connect()) {
                client.put("before", "1");
                send(slow, "PUT /kv/slow HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n\"sl");
                await().atMost(SOON)
                        .until(() -> WAITING.matcher(client.metrics()).find());

                node.running().destroy();

                await().atMost(SOON).until(() -> node.readiness() == 503);
                var refused = catchThrowableOfType(KvsClientException.Refused.class, () -> client.put("late", "1"));
                assertThat(refused.code()).contains(ErrorCode.SHUTTING_DOWN);
                assertThat(client.getRaw("before")).as("reads go on").isPresent();
                assertThat(node.running().isAlive()).isTrue();

                send(slow, "ow\"");
                assertThat(firstLine(slow)).startsWith("HTTP/1.1 201");
            }
            assertThat(node.running().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(node.running().exitValue()).isZero();

            node.start();
            try (KvsClient client = node.client()) {
                assertThat(client.getRaw("slow"))
                        .hasValueSatisfying(json -> assertThat(json).asString().isEqualTo("\"slow\""));
                assertThat(client.exists("late")).isFalse();
            }
        }
    }

    @Test
    void aRequestThatNeverEndsDoesNotOutliveTheGrace() throws Exception {
        try (NodeProcess node = new NodeProcess(folder, "shutdown_grace: 2s", "request_timeout: 2m")) {
            node.start();
            try (KvsClient client = node.client();
                    Socket endless = node.connect()) {
                send(endless, "PUT /kv/endless HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n\"");
                await().atMost(SOON)
                        .until(() -> WAITING.matcher(client.metrics()).find());
                node.running().destroy();
                assertThat(node.running().waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(node.running().exitValue()).isZero();
            }
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\r';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
