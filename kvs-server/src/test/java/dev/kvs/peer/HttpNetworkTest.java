package dev.kvs.peer;

import static dev.kvs.peer.LiveNode.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kvs.model.KvsException;
import dev.kvs.platform.Network;
import dev.kvs.platform.Network.Outcome;
import dev.kvs.platform.Network.Unreachable;
import dev.kvs.platform.PeerPath;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls between two nodes over the real listener. */
class HttpNetworkTest {
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger insideMost = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private LiveNode a;
    private LiveNode b;

    @BeforeEach
    void open() throws IOException {
        a = LiveNode.of("a", Map.of());
        b = LiveNode.of(
                "b",
                Map.of(
                        PeerPath.GOSSIP, this::echo,
                        PeerPath.JOIN, this::refuse,
                        PeerPath.PROBE, this::echo,
                        PeerPath.VOTE, this::fail,
                        PeerPath.MERKLE, (_, _) -> new byte[Network.ANSWER_BYTES_MAX],
                        PeerPath.PUSH,
                                (_, body) -> Integer.toString(body.length).getBytes(StandardCharsets.UTF_8),
                        PeerPath.FETCH, this::waitAtTheGate));
    }

    @AfterEach
    void close() {
        gate.countDown();
        a.close();
        b.close();
    }

    private byte[] echo(String caller, byte[] body) {
        served.incrementAndGet();
        return (caller + " says " + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] refuse(String caller, byte[] body) {
        throw new KvsException(ErrorCode.FORBIDDEN, caller + " has the name of another node. Change node_id.");
    }

    private byte[] fail(String caller, byte[] body) {
        throw new IllegalStateException("a fault in the service");
    }

    private byte[] waitAtTheGate(String caller, byte[] body) {
        insideMost.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        inside.decrementAndGet();
        return body;
    }

    @Test
    void aCallIsAnsweredAndTheServiceKnowsWhoCalls() {
        assertThat(shown(a.call(b, PeerPath.GOSSIP, "hello"))).isEqualTo("answered a says hello");
        assertThat(shown(a.call(b, PeerPath.GOSSIP, ""))).isEqualTo("answered a says ");
        assertThat(shown(b.call(b, PeerPath.PROBE, "me"))).isEqualTo("answered b says me");
        assertThat(b.handshakes).hasValue(2);
    }

    @Test
    void theLongestBodiesGoThroughBothWays() {
        byte[] body = new byte[PeerPath.PUSH.maxBytes()];
        assertThat(shown(LiveNode.await(a.begin(b.address(), PeerPath.PUSH, body, LiveNode.PATIENCE_MILLIS))))
                .isEqualTo("answered " + body.length);
        assertThat(a.call(b, PeerPath.MERKLE, ""))
                .isInstanceOfSatisfying(
                        Network.Answered.class,
                        longest -> assertThat(longest.body()).hasSize(Network.ANSWER_BYTES_MAX));
        byte[] tooLong = new byte[PeerPath.PROBE.maxBytes() + 1];
        assertThatThrownBy(() -> a.begin(b.address(), PeerPath.PROBE, tooLong, 1_000))
                .hasMessageContaining("broken invariant");
    }

    @Test
    void aRefusalByTheServiceIsProvenAndTold() {
        assertThat(shown(a.call(b, PeerPath.JOIN, "")))
                .isEqualTo("refused forbidden: a has the name of another node. Change node_id.");
        assertThat(shown(a.call(b, PeerPath.PROBE_FOR, "")))
                .isEqualTo("refused unknown_path: This node does not serve /internal/probe-for.");
    }

    @Test
    void aFaultOfTheServiceIsNoAnswer() {
        assertThat(shown(a.call(b, PeerPath.VOTE, "")))
                .startsWith("unreachable: " + b.address())
                .contains("500 internal")
                .doesNotContain("a fault in the service");
    }

    @Test
    void aNodeThatHasRestartedIsCalledInANewSessionByItself() {
        a.call(b, PeerPath.GOSSIP, "before");
        b.restart();
        assertThat(shown(a.call(b, PeerPath.GOSSIP, "after"))).isEqualTo("answered a says after");
        assertThat(b.handshakes).hasValue(2);
        b.restart();
        byte[] large = new byte[PeerPath.PUSH.maxBytes()];
        assertThat(shown(LiveNode.await(a.begin(b.address(), PeerPath.PUSH, large, LiveNode.PATIENCE_MILLIS))))
                .as("a body that is refused before it is read")
                .isEqualTo("answered " + large.length);
        assertThat(served).hasValue(2);
    }

    @Test
    void callsSideBySideShareOneSession() {
        List<CompletableFuture<Outcome>> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            calls.add(a.begin(b.address(), PeerPath.PROBE, new byte[] {'x'}, LiveNode.PATIENCE_MILLIS));
            if (i % 50 == 49) {
                calls.forEach(call -> assertThat(shown(LiveNode.await(call))).isEqualTo("answered a says x"));
            }
        }
        assertThat(served).hasValue(1_000);
        assertThat(b.handshakes).hasValue(1);
        assertThat(b.sessions()).isEqualTo(1);
    }

    @Test
    void callsUnderWayAreBoundedSoAreThoseThatWaitAndTheRestHearItAtOnce() {
        int most = PeerLine.UNDER_WAY_MAX + PeerLine.WAITING_MAX;
        List<CompletableFuture<Outcome>> calls = new ArrayList<>();
        for (int i = 0; i < most + 40; i++) {
            calls.add(a.begin(b.address(), PeerPath.FETCH, new byte[0], LiveNode.PATIENCE_MILLIS));
        }
        await().until(() -> inside.get() == PeerLine.UNDER_WAY_MAX);
        await().until(() -> calls.stream().filter(CompletableFuture::isDone).count() == 40);
        calls.stream()
                .filter(CompletableFuture::isDone)
                .forEach(call -> assertThat(shown(LiveNode.await(call))).contains("64 calls waiting"));
        gate.countDown();
        assertThat(calls.stream().map(LiveNode::await).filter(Network.Answered.class::isInstance))
                .hasSize(most);
        assertThat(insideMost).hasValue(PeerLine.UNDER_WAY_MAX);
    }

    @Test
    void aSlowNodeIsUnreachableAfterTheTimeoutAndHoldsUpNothingAfterwards() {
        List<CompletableFuture<Outcome>> calls = new ArrayList<>();
        for (int i = 0; i < PeerLine.UNDER_WAY_MAX + 10; i++) {
            calls.add(a.begin(b.address(), PeerPath.FETCH, new byte[0], 700));
        }
        for (CompletableFuture<Outcome> call : calls) {
            assertThat(shown(LiveNode.await(call)))
                    .startsWith("unreachable: " + b.address())
                    .containsAnyOf("did not answer in time", "until it was too late", "session in time");
        }
        assertThat(shown(a.call(b, PeerPath.GOSSIP, "still there"))).isEqualTo("answered a says still there");
    }

    @Test
    void nodesOfAnotherClusterOrSecretNeverReachAService() throws IOException {
        for (LiveNode stranger : List.of(
                new LiveNode(LiveNode.credentials("cluster-2", "a", LiveNode.SECRET), Map.of()),
                new LiveNode(LiveNode.credentials("cluster-1", "a", new byte[] {1}), Map.of()),
                new LiveNode(LiveNode.credentials("cluster-1", "a", new byte[0]), Map.of()))) {
            try (stranger) {
                assertThat(shown(stranger.call(b, PeerPath.GOSSIP, "let me in")))
                        .startsWith("unreachable: ")
                        .containsAnyOf("401 wrong_cluster", "401 bad_signature")
                        .contains("cluster_secret");
            }
        }
        assertThat(served).hasValue(0);
        assertThat(b.sessions()).isZero();
    }

    @Test
    void nodesWithoutASecretTalkInTheSameWay() throws IOException {
        try (LiveNode c = new LiveNode(
                        LiveNode.credentials("lone", "c", new byte[0]), Map.of(PeerPath.PROBE, this::echo));
                LiveNode d = new LiveNode(LiveNode.credentials("lone", "d", new byte[0]), Map.of())) {
            assertThat(shown(d.call(c, PeerPath.PROBE, "hi"))).isEqualTo("answered d says hi");
        }
    }

    @Test
    void closingBreaksOffWhatIsUnderWayAndRefusesWhatComesAfter() {
        CompletableFuture<Outcome> underWay =
                a.begin(b.address(), PeerPath.FETCH, new byte[0], LiveNode.PATIENCE_MILLIS);
        await().until(() -> inside.get() == 1);
        a.network.close();
        assertThat(LiveNode.await(underWay)).isInstanceOf(Unreachable.class);
        assertThat(shown(a.call(b, PeerPath.GOSSIP, "too late"))).isEqualTo("unreachable: this node is stopping");
    }

    @Test
    void aCallOverLoopbackTakesAFractionOfAMillisecond() {
        byte[] body = new byte[1024];
        int calls = 400;
        long nanos = 0;
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                Outcome outcome = LiveNode.await(a.begin(b.address(), PeerPath.PUSH, body, LiveNode.PATIENCE_MILLIS));
                assertThat(shown(outcome)).isEqualTo("answered 1024");
            }
            nanos = System.nanoTime() - start;
        }
        System.out.printf(
                "A call of 1 KB from node to node over loopback, one after the other: %d us%n",
                TimeUnit.NANOSECONDS.toMicros(nanos) / calls);
    }
}
