package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bodies on HTTP/2 that come otherwise than the door would like, frame by frame (RFC 9113): what is wrong with one stream must
 * not silence the connection, on which a proxy may carry the requests of many.
 */
@Timeout(60)
class Http2BodiesTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int DATA = 0;
    private static final int RST_STREAM = 3;
    private static final int END_STREAM = 1;
    private static final int GOAWAY = 7;

    /** More than the server keeps of a stream that nobody reads. */
    private static final int FRAMES = 60;

    private static final int MORE_THAN_IS_DROPPED = (33 << 20) + (1 << 18);

    private Door door;
    private RawConnection connection;

    @BeforeEach
    void open() throws IOException {
        open(PATIENCE);
    }

    private void open(Duration requestTimeout) throws IOException {
        door = Door.open(
                new DoorLimits()
                        .bodies(1 << 20, 32 << 20)
                        .patience(Duration.ofMinutes(10), requestTimeout)
                        .drain(Duration.ofSeconds(2))
                        .settings(),
                HttpClient.Version.HTTP_1_1);
        connection = door.raw();
        connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").send(frame(4, 0, 0, new byte[0]));
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        await().atMost(Duration.ofSeconds(20)).until(() -> door.door.waiting() == 0);
        door.close();
    }

    /** One frame (RFC 9113, 4.1). */
    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putShort((short) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private void data(int stream, String text) throws IOException {
        connection.send(frame(DATA, 0, stream, text.getBytes(StandardCharsets.UTF_8)));
    }

    private void end(int stream) throws IOException {
        connection.send(frame(DATA, END_STREAM, stream, new byte[0]));
    }

    /** Headers without compression (RFC 7541, 6.2.2), names by their place in its static table. */
    private void headers(int stream, String method, String path, String length) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, new byte[] {2}, method);
        field(block, new byte[] {6}, "http");
        field(block, new byte[] {4}, path);
        field(block, new byte[] {1}, "x");
        if (method.equals("PUT")) {
            field(block, new byte[] {15, 16}, "application/json");
        }
        if (!length.isEmpty()) {
            field(block, new byte[] {15, 13}, length);
        }
        int flags = 4 | (method.equals("GET") ? END_STREAM : 0);
        connection.send(frame(1, flags, stream, block.toByteArray()));
    }

    private static void field(ByteArrayOutputStream block, byte[] name, String value) {
        block.writeBytes(name);
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    /** A frame of the door: its type, its stream and what is in it. */
    private record Frame(int type, int stream, String text) {}

    /** Reads up to the first frame of a type on a stream; the frames before it are dropped. */
    private Frame next(int type, int stream) throws IOException {
        while (true) {
            byte[] head = connection.read(9);
            int length = Byte.toUnsignedInt(head[0]) << 16
                    | Short.toUnsignedInt(ByteBuffer.wrap(head, 1, 2).getShort());
            Frame frame = new Frame(
                    head[3],
                    ByteBuffer.wrap(head, 5, 4).getInt(),
                    new String(connection.read(length), StandardCharsets.UTF_8));
            if (frame.type() == type && frame.stream() == stream) {
                return frame;
            }
        }
    }

    private void aRequestIsAnsweredOn(int stream) throws IOException {
        headers(stream, "GET", "/kv/missing", "");
        assertThat(next(DATA, stream).text()).contains("not_found");
    }

    /** Sends a frame every now and then, for longer than a request may take. */
    private void slowly(int stream, String text) {
        List<Integer> sent = new ArrayList<>();
        await().atMost(Duration.ofSeconds(50))
                .pollInterval(PATIENCE.dividedBy(20))
                .until(() -> {
                    data(stream, text);
                    sent.add(1);
                    return sent.size() == FRAMES;
                });
    }

    @Test
    void whoIsRefusedMaySendTheRestAsSlowlyAsHeLikes() throws IOException {
        headers(1, "PUT", "/kv/large", "3000000");
        assertThat(next(DATA, 1).text()).contains("body_too_large");
        slowly(1, "x".repeat(1024));
        aRequestIsAnsweredOn(3);
    }

    @Test
    void aBodyThatIsTooSlowIsRefusedAndItsRestDropped() throws IOException {
        headers(1, "PUT", "/kv/slow", "");
        slowly(1, " ".repeat(1024));
        end(1);
        assertThat(next(DATA, 1).text()).contains("request_timeout");
        aRequestIsAnsweredOn(3);
        assertThat(door.writes()).isZero();
    }

    @Test
    void aStreamThatStallsIsReset() throws IOException {
        headers(1, "PUT", "/kv/stalled", "");
        data(1, "1");
        assertThat(next(DATA, 1).text()).contains("request_timeout");
        next(RST_STREAM, 1);
        aRequestIsAnsweredOn(3);
        headers(5, "PUT", "/kv/refused", "3000000");
        assertThat(next(DATA, 5).text()).contains("body_too_large");
        next(RST_STREAM, 5);
        aRequestIsAnsweredOn(7);
        assertThat(door.writes()).isZero();
    }

    @Test
    void aRestWithoutAnEndIsReset() throws IOException {
        close();
        open(Duration.ofSeconds(30));
        headers(1, "PUT", "/kv/endless", "");
        String frame = "x".repeat(16 << 10);
        for (int sent = 0; sent < MORE_THAN_IS_DROPPED; sent += frame.length()) {
            data(1, frame);
        }
        assertThat(next(DATA, 1).text()).contains("body_too_large");
        next(RST_STREAM, 1);
        aRequestIsAnsweredOn(3);
    }

    /** The server takes it for the end of the body, and half a document would be stored. */
    @Test
    void aFrameWithoutDataEndsTheConnectionAndNotTheBody() throws IOException {
        headers(1, "PUT", "/kv/number", "");
        data(1, "12");
        data(1, "");
        next(GOAWAY, 0);
        assertThat(door.writes()).isZero();
    }

    @Test
    void bodiesThatComeInPiecesAreStoredWhole() throws IOException {
        close();
        open(Duration.ofSeconds(30));
        headers(1, "PUT", "/kv/number", "");
        data(1, "12");
        data(1, "3");
        end(1);
        assertThat(next(DATA, 1).text()).contains("uuid");
        assertThat(door.get("/kv/number?raw=true").text()).isEqualTo("123");
        aRequestIsAnsweredOn(3);
    }
}
