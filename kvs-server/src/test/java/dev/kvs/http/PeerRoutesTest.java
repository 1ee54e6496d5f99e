package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvs.model.KvsException;
import dev.kvs.platform.PeerRoute;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is mounted for nodes: bounds, refusals, and that clients and nodes do not take each other's places. */
class PeerRoutesTest {
    private static final long SEED = 20_260_404;
    private static final int BODY_MAX = 40_000;
    /** More than all buffers of a loopback connection take. */
    private static final int LONG_ANSWER = 16 << 20;

    private static final String[] OPEN_SESAME = {"Content-Type", MediaTypes.OCTET_STREAM, "KVS-Node-Proof", "sesame"};

    private final Guarded guarded = new Guarded();
    private Door door;

    /** Admits one word, and answers with what it was sent. */
    private static final class Guarded implements PeerRoute {
        private final AtomicInteger answered = new AtomicInteger();
        private volatile byte[] instead = {};

        @Override
        public String path() {
            return "/internal/echo";
        }

        @Override
        public int bodyBytesMax() {
            return BODY_MAX;
        }

        @Override
        public void admit(String proof) {
            if (!proof.equals("sesame")) {
                throw new KvsException(ErrorCode.BAD_SIGNATURE, "no");
            }
        }

        @Override
        public Answer answer(String proof, byte[] body) {
            answered.incrementAndGet();
            if (new String(body, StandardCharsets.UTF_8).equals("break")) {
                throw new IllegalStateException("a fault of the node");
            }
            byte[] answer = instead.length > 0 ? instead : body;
            return new Answer(body.length == 0 ? 403 : 200, "answer to " + proof, answer);
        }
    }

    @BeforeEach
    void open() throws IOException {
        door = Door.open(List.of(guarded));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void bytesGoInAndBytesComeOutWithProofs() {
        byte[] body = {0, -1, 7};
        Answer answer = door.send("POST", "/internal/echo", body, OPEN_SESAME);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEqualTo(body);
        assertThat(answer.header("KVS-Node-Proof")).isEqualTo("answer to sesame");
        assertThat(answer.header("Content-Type")).isEqualTo(MediaTypes.OCTET_STREAM);
        assertThat(door.send("POST", "/internal/echo", "", OPEN_SESAME).status())
                .as("the status is the service's")
                .isEqualTo(403);
    }

    @Test
    void aBodyHasUpToItsLimitWhichMayBeAboveThatOfBatches() {
        assertThat(BODY_MAX).isGreaterThan(Door.MAX_BATCH_BYTES);
        assertThat(door.send("POST", "/internal/echo", new byte[BODY_MAX], OPEN_SESAME)
                        .status())
                .isEqualTo(200);
        assertThat(door.send("POST", "/internal/echo", new byte[BODY_MAX + 1], OPEN_SESAME)
                        .outcome())
                .isEqualTo("413 body_too_large");
        assertThat(door.send("POST", "/internal/echo", new byte[BODY_MAX * 20], OPEN_SESAME)
                        .outcome())
                .isEqualTo("413 body_too_large");
        assertThat(guarded.answered.get()).isEqualTo(1);
    }

    @Test
    void aStrangerIsRefusedBeforeTheBodyIsRead() throws IOException {
        try (RawConnection stranger = door.raw()) {
            stranger.send("POST /internal/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n"
                    + "KVS-Node-Proof: open\r\nContent-Length: 30000\r\n\r\n");
            assertThat(stranger.finish().readToEnd()).startsWith("HTTP/1.1 401").contains("bad_signature");
        }
        assertThat(door.send("POST", "/internal/echo", "x", "Content-Type", MediaTypes.OCTET_STREAM)
                        .outcome())
                .as("no proof at all")
                .isEqualTo("401 bad_signature");
        assertThat(guarded.answered.get()).isZero();
    }

    @Test
    void otherMethodsTypesAndParametersAreRefusedAndFaultsAreOurs() {
        assertThat(door.get("/internal/echo").outcome()).isEqualTo("405 method_not_allowed");
        assertThat(door.send("POST", "/internal/echo", "{}", "KVS-Node-Proof", "sesame")
                        .outcome())
                .isEqualTo("415 unsupported_media_type");
        assertThat(door.send("POST", "/internal/echo?x=1", "a", OPEN_SESAME).outcome())
                .isEqualTo("400 unknown_parameter");
        assertThat(door.send("POST", "/internal/other", "a", OPEN_SESAME).outcome())
                .isEqualTo("404 unknown_path");
        Answer broken = door.send("POST", "/internal/echo", "break", OPEN_SESAME);
        assertThat(broken.outcome()).isEqualTo("500 internal");
        assertThat(broken.text()).doesNotContain("a fault of the node");
    }

    /** The listener must write on when the other side's buffers are full, and not lose what did not fit. */
    @Test
    void aLongAnswerArrivesWholeAtAReaderWhoTakesItsTime() throws IOException {
        byte[] body = new byte[LONG_ANSWER];
        new Random(SEED).nextBytes(body);
        guarded.instead = body;
        Answer whole = door.send("POST", "/internal/echo", "x", OPEN_SESAME);
        assertThat(whole.response().body()).isEqualTo(body);
        try (RawConnection slow = door.raw()) {
            slow.send("POST /internal/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n"
                    + "KVS-Node-Proof: sesame\r\nContent-Length: 1\r\n\r\nx");
            slow.finish();
            // The answer has been made and is being written while nobody reads.
            await().until(() -> guarded.answered.get() == 2 && door.door.waiting() > 0);
            byte[] answer = slow.readToEnd().getBytes(StandardCharsets.ISO_8859_1);
            assertThat(answer.length).isGreaterThan(body.length);
            assertThat(Arrays.copyOfRange(answer, answer.length - body.length, answer.length))
                    .isEqualTo(body);
        }
    }

    @Test
    void nodesAreAnsweredInEveryMode() {
        for (Mode mode : Mode.values()) {
            door.mode = mode;
            assertThat(door.send("POST", "/internal/echo", "a", OPEN_SESAME).status())
                    .isEqualTo(200);
        }
        door.door.drain();
        assertThat(door.send("POST", "/internal/echo", "a", OPEN_SESAME).status())
                .isEqualTo(200);
    }

    @Test
    void nodesAreAnsweredWhenClientsHaveTakenAllTheirPlaces() throws IOException {
        DoorSettings oneAtATime = new DoorLimits().requests(1).settings();
        try (Door busy = Door.open(oneAtATime, List.of(guarded));
                RawConnection slow = busy.raw()) {
            slow.send("PUT /kv/a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n1");
            await().until(() -> busy.get("/kv/b").outcome().equals("503 overloaded"));
            assertThat(busy.send("POST", "/internal/echo", "a", OPEN_SESAME).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void thePublicDescriptionDoesNotNameThem() {
        assertThat(door.get("/openapi").text()).doesNotContain("/internal/echo");
        assertThat(door.door.table().routes())
                .filteredOn(route -> route.access() == Access.NODE)
                .hasSize(1);
    }
}
