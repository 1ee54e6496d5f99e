package dev.kvs.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.client.KvsClient;
import dev.kvs.client.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds that are no nodes. Whoever asks them first must find the real one all the same, and serve its clients meanwhile. */
class StrangePeersTest {
    @TempDir
    Path folder;

    /** Something that listens where a node is expected. */
    private static final class StrangePeer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Semaphore asked = new Semaphore(0);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final Answer answer;

        private interface Answer {
            void to(Socket caller, CountDownLatch closed) throws Exception;
        }

        StrangePeer(Answer answer) throws IOException {
            this.answer = answer;
            threads.submit(() -> {
                while (!listener.isClosed()) {
                    Socket caller = listener.accept();
                    asked.release();
                    threads.submit(() -> answer(caller));
                }
                return null;
            });
        }

        private Void answer(Socket caller) throws Exception {
            try (caller) {
                answer.to(caller, closed);
            }
            return null;
        }

        String address() {
            return "\"127.0.0.1:" + listener.getLocalPort() + "\"";
        }

        boolean wasAsked() {
            return asked.availablePermits() > 0;
        }

        @Override
        public void close() throws IOException {
            closed.countDown();
            listener.close();
            threads.shutdownNow();
        }
    }

    /** Takes the connection and says nothing until the end. */
    private static void never(Socket caller, CountDownLatch closed) throws Exception {
        closed.await();
    }

    /** What is no HTTP. */
    private static void nonsense(Socket caller, CountDownLatch closed) throws Exception {
        caller.getInputStream().read();
        caller.getOutputStream().write(new byte[] {0, 1, 2, (byte) 0xFF, 13, 10, 13, 10});
    }

    /** HTTP that promises a body of many gigabytes, and sends it as long as somebody reads. */
    private static void endless(Socket caller, CountDownLatch closed) throws Exception {
        InputStream in = caller.getInputStream();
        in.read();
        OutputStream out = caller.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] block = new byte[65_536];
        while (closed.getCount() > 0) {
            out.write(block);
        }
    }

    /** HTTP that comes byte by byte, each soon enough for a wait that begins anew with each. */
    private static void dripping(Socket caller, CountDownLatch closed) throws Exception {
        caller.getInputStream().read();
        OutputStream out = caller.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        while (!closed.await(50, TimeUnit.MILLISECONDS)) {
            out.write('x');
        }
    }

    /** A polite web server that knows of no nodes. */
    private static void otherServer(Socket caller, CountDownLatch closed) throws Exception {
        caller.getInputStream().read();
        caller.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aNodeWhoseSeedsAreSilentOrTalkNonsenseServesClientsAndFindsTheOneThatIsANode() throws Exception {
        try (StrangePeer never = new StrangePeer(StrangePeersTest::never);
                StrangePeer nonsense = new StrangePeer(StrangePeersTest::nonsense);
                StrangePeer endless = new StrangePeer(StrangePeersTest::endless);
                StrangePeer dripping = new StrangePeer(StrangePeersTest::dripping);
                StrangePeer other = new StrangePeer(StrangePeersTest::otherServer);
                NodeProcess founder =
                        new NodeProcess("founder", folder.resolve("founder"), NodeProcess.freePort(), List.of())) {
            founder.start();
            List<StrangePeer> strange = List.of(never, nonsense, endless, dripping, other);
            String seeds =
                    String.join(", ", strange.stream().map(StrangePeer::address).toList());
            try (NodeProcess joiner = new NodeProcess(
                            "joiner",
                            folder.resolve("joiner"),
                            NodeProcess.freePort(),
                            List.of(
                                    // A node that has found one seed asks one of the others at a time, at this pace.
                                    "probe_interval_ms: 100",
                                    "seed_nodes: [" + seeds + ", \"127.0.0.1:" + founder.port() + "\"]"));
                    KvsClient client = joiner.client()) {
                joiner.start();
                ClusterOfProcesses.within("the joiner has found the founder")
                        .until(() -> client.health().memberCount() == 2
                                && client.health().mode().equals("normal"));
                ClusterOfProcesses.within("every strange seed was asked")
                        .until(() -> strange.stream().allMatch(StrangePeer::wasAsked));

                assertThat(client.put("strange/key", "1", WriteOptions.NONE.withAcks(2))
                                .acks())
                        .isEqualTo(2);
                assertThat(client.health().memberCount()).isEqualTo(2);
                assertThat(joiner.output()).doesNotContain("\tat ").doesNotContain("OutOfMemory");
            }
        }
    }
}
