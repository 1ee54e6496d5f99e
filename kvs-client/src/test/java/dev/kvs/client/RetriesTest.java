package dev.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kvs.client.ScriptedServer.Reply;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over the JDK's client and over connections of their own. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class RetriesTest {
    private static final Reply METRICS = Reply.of(200, "kvs_up 1\n");
    private static final Reply STORED =
            Reply.of(201, "{\"uuid\":\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\",\"timestamp\":7}");

    @Parameter
    boolean shortLived;

    private final RecordedPacing pacing = new RecordedPacing(0.5);

    private KvsClientBuilder builder(String... servers) {
        KvsClientBuilder builder = KvsClient.builder(servers);
        return shortLived ? builder.shortLived() : builder;
    }

    private KvsClient client(String... servers) {
        return builder(servers).build(pacing);
    }

    private static String nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "OVERLOADED", "SYNCING", "SHUTTING_DOWN", "REQUEST_TIMEOUT"})
    void aReadIsRepeatedWhileTheNodeIsBusy(ErrorCode passing) {
        try (ScriptedServer server = new ScriptedServer(Reply.refusal(passing), Reply.refusal(passing), METRICS);
                KvsClient kvs = client(server.address())) {
            assertThat(kvs.metrics()).isEqualTo("kvs_up 1\n");
            assertThat(pacing.waits()).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_KEY", "UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND", "PRECONDITION_FAILED", "INTERNAL"})
    void whatWillNotChangeIsNotRepeated(ErrorCode lasting) {
        try (ScriptedServer server = new ScriptedServer(Reply.refusal(lasting), METRICS);
                KvsClient kvs = client(server.address())) {
            var refused = catchThrowableOfType(KvsClientException.Refused.class, kvs::metrics);
            assertThat(refused.code()).contains(lasting);
            assertThat(refused.status()).isEqualTo(lasting.status());
            assertThat(refused.requestId()).isEqualTo("request-1");
            assertThat(refused.detail()).isEqualTo("detail of " + lasting.code());
            assertThat(refused.server()).hasToString(server.address());
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void theLastRefusalIsGivenWhenTheRetriesAreUsedUp() {
        Reply busy = Reply.refusal(ErrorCode.OVERLOADED);
        try (ScriptedServer server = new ScriptedServer(busy, busy, busy, busy, METRICS);
                KvsClient kvs = client(server.address())) {
            var refused = catchThrowableOfType(KvsClientException.Refused.class, kvs::metrics);
            assertThat(refused.is(ErrorCode.OVERLOADED)).isTrue();
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void aWriteIsSentOnce() {
        try (ScriptedServer server = new ScriptedServer(Reply.refusal(ErrorCode.OVERLOADED), STORED);
                KvsClient kvs = client(server.address())) {
            var refused = catchThrowableOfType(KvsClientException.Refused.class, () -> kvs.put("a", "1"));
            assertThat(refused.is(ErrorCode.OVERLOADED)).isTrue();
            assertThat(refused.outcomeUnknown()).isFalse();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aWriteThatBrokeOffIsNotRepeatedAndIsInDoubt() {
        try (RawServer broken = RawServer.thatBreaksOffAfter("");
                ScriptedServer other = new ScriptedServer(STORED);
                KvsClient kvs = client(broken.address(), other.address())) {
            var failure = catchThrowableOfType(KvsClientException.Unreachable.class, () -> kvs.put("a", "1"));
            assertThat(failure.sent()).isTrue();
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(broken.requests()).isEqualTo(1);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void aWriteThatNeverLeftGoesToTheNextServer() throws IOException {
        try (ScriptedServer server = new ScriptedServer(STORED, STORED);
                KvsClient kvs = client(nobody(), server.address())) {
            assertThat(kvs.put("a", "1").created()).isTrue();
            assertThat(kvs.put("a", "2").created()).isTrue();
            assertThat(pacing.waits()).isEmpty();
        }
    }

    @Test
    void aWriteWithAnIdempotencyKeyIsRepeatedWithTheSameKey() {
        try (ScriptedServer server = new ScriptedServer(Reply.refusal(ErrorCode.OVERLOADED), STORED);
                KvsClient kvs = client(server.address())) {
            kvs.put("a", "1", WriteOptions.NONE.repeatable());
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests())
                    .extracting(request -> request.header(Headers.IDEMPOTENCY_KEY))
                    .doesNotContainNull()
                    .containsOnly(server.requests().getFirst().header(Headers.IDEMPOTENCY_KEY));
        }
    }

    @Test
    void aRepeatedWriteStaysAtTheServerThatRemembersItsKey() {
        try (RawServer broken = RawServer.thatBreaksOffAfter("");
                ScriptedServer other = new ScriptedServer(STORED);
                KvsClient kvs = client(broken.address(), other.address())) {
            var failure = catchThrowableOfType(
                    KvsClientException.Unreachable.class,
                    () -> kvs.put("a", "1", WriteOptions.NONE.withIdempotencyKey("k")));
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(broken.requests()).isEqualTo(4);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void aDoubtAboutAWriteOutlivesLaterRefusals() {
        Reply busy = Reply.refusal(ErrorCode.OVERLOADED);
        try (ScriptedServer server = new ScriptedServer(Reply.of(502, "oops"), busy, busy, busy);
                KvsClient kvs = client(server.address())) {
            var failure = catchThrowableOfType(
                    KvsClientException.class, () -> kvs.delete("a", WriteOptions.NONE.withIdempotencyKey("k")));
            assertThat(failure).isInstanceOf(KvsClientException.BadAnswer.class);
            assertThat(failure.outcomeUnknown()).isTrue();
            assertThat(failure.getSuppressed()).hasSize(1);
        }
    }

    @Test
    void anOutcomeTheNodeDoesNotKnowIsTheAnswer() {
        try (ScriptedServer server = new ScriptedServer(Reply.refusal(ErrorCode.OUTCOME_UNKNOWN), STORED);
                KvsClient kvs = client(server.address())) {
            var refused = catchThrowableOfType(
                    KvsClientException.Refused.class,
                    () -> kvs.put("a", "1", WriteOptions.NONE.withAcks(3).repeatable()));
            assertThat(refused.is(ErrorCode.OUTCOME_UNKNOWN)).isTrue();
            assertThat(refused.outcomeUnknown()).isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aReadGoesToTheNextServerAtOnceAndStaysThere() throws IOException {
        try (RawServer broken = RawServer.thatBreaksOffAfter("");
                ScriptedServer good = new ScriptedServer(METRICS, METRICS);
                KvsClient kvs = client(nobody(), broken.address(), good.address())) {
            kvs.metrics();
            int asked = broken.requests();
            kvs.metrics();
            assertThat(pacing.waits()).isEmpty();
            assertThat(broken.requests()).isEqualTo(asked).isPositive();
            assertThat(good.requests()).hasSize(2);
        }
    }

    @Test
    void nobodyThereIsUnreachableAfterAllRounds() throws IOException {
        try (KvsClient kvs = client(nobody(), nobody())) {
            var failure = catchThrowableOfType(KvsClientException.Unreachable.class, () -> kvs.get("a"));
            assertThat(failure.sent()).isFalse();
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(pacing.waits()).hasSize(3);
        }
    }

    @Test
    void whyANodeCannotBeReachedIsSaid() throws IOException {
        String refusing = nobody();
        assertThat(unreachable(refusing))
                .isEqualTo(refusing + " cannot be reached: connection refused, or no way to that address");
        assertThat(unreachable("http://nobody.invalid:1"))
                .isEqualTo("http://nobody.invalid:1 cannot be reached: unknown host nobody.invalid");
    }

    /** A listener whose queue is full takes no connection and refuses none, which is what a dead machine looks like. */
    @Test
    void aMachineThatDoesNotAnswerTimesOut() throws IOException {
        List<Socket> queued = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(full.getLocalSocketAddress());
                queued.add(channel.socket());
            }
            assertThat(unreachable("http://127.0.0.1:" + full.getLocalPort()))
                    .endsWith(" cannot be reached: the connection timed out");
        } finally {
            for (Socket socket : queued) {
                socket.close();
            }
        }
    }

    private String unreachable(String server) {
        try (KvsClient kvs = builder(server)
                .connectTimeout(Duration.ofMillis(300))
                .retries(0)
                .build(pacing)) {
            return catchThrowableOfType(KvsClientException.Unreachable.class, () -> kvs.get("a"))
                    .getMessage();
        }
    }

    @Test
    void aNodeThatAsksToWaitIsGivenTheTime() {
        Reply busy = Reply.refusal(ErrorCode.RATE_LIMITED).with(Headers.RETRY_AFTER, "3");
        try (ScriptedServer server = new ScriptedServer(busy, METRICS);
                KvsClient kvs = client(server.address())) {
            kvs.metrics();
            assertThat(pacing.waits()).containsExactly(Duration.ofSeconds(3));
        }
    }

    @Test
    void aWaitBeyondTheTimeForTheCallIsNotBegun() {
        Reply busy = Reply.refusal(ErrorCode.RATE_LIMITED).with(Headers.RETRY_AFTER, "60");
        try (ScriptedServer server = new ScriptedServer(busy, METRICS);
                KvsClient kvs = client(server.address())) {
            var refused = catchThrowableOfType(KvsClientException.Refused.class, kvs::metrics);
            assertThat(refused.retryAfter()).contains(Duration.ofSeconds(60));
            assertThat(pacing.waits()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "Fri, 31 Dec 2027 23:59:59 GMT", "99999999999"})
    void aWaitThatIsNoNumberOfSecondsIsNotOneThatWasAskedFor(String retryAfter) {
        Reply busy = Reply.refusal(ErrorCode.OVERLOADED).with(Headers.RETRY_AFTER, retryAfter);
        try (ScriptedServer server = new ScriptedServer(busy, METRICS);
                KvsClient kvs = client(server.address())) {
            kvs.metrics();
            assertThat(pacing.waits()).containsExactly(Duration.ofMillis(50));
        }
    }

    @Test
    void waitsGrowUpToACapAndAreSpreadFromNothing() {
        assertThat(Backoff.after(0, 0.999)).isLessThan(Duration.ofMillis(100));
        assertThat(Backoff.after(3, 0.5)).isEqualTo(Duration.ofMillis(400));
        assertThat(Backoff.after(6, 0.5)).isEqualTo(Duration.ofMillis(2500));
        assertThat(Backoff.after(1_000_000, 0.5)).isEqualTo(Duration.ofMillis(2500));
        assertThat(Backoff.after(20, 0.0)).isZero();
    }

    @Test
    void aProbeIsNotRepeated() {
        Reply down = Reply.of(
                503,
                "{\"status\":\"down\",\"mode\":\"read-only\",\"member_count\":1,"
                        + "\"node_id\":\"n\",\"version\":\"1\",\"checks\":[]}");
        try (ScriptedServer server = new ScriptedServer(down);
                KvsClient kvs = client(server.address())) {
            assertThat(kvs.health().isUp()).isFalse();
            assertThat(server.requests()).hasSize(1);
        }
    }
}
