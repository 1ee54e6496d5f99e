package dev.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final int BYTES_MAX = 1_000;

    private static Incoming read(String method, String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        return new AnswerReader(new ByteArrayInputStream(bytes), BYTES_MAX).read(method);
    }

    private static String body(String method, String answer) throws IOException {
        return new String(read(method, answer).body(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200\r\ncontent-length:5\r\nContent-Length: 5 \r\n\r\nhello and the next answer",
                "HTTP/1.0 200 OK\n\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhe\r\n003;x=y\r\nllo\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\nTrailer: 1\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n"
                        + "HTTP/1.1 103 Hints\r\n"
                        + "Link: x\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\n"
                        + "Content-Length: 5\r\n\r\n"
                        + "hello",
            })
    void aBodyEndsWhereItsFramingSays(String answer) throws IOException {
        assertThat(body("GET", answer)).isEqualTo("hello");
    }

    @Test
    void headersAreFoundInAnyCaseAndEachOfThem() throws IOException {
        Incoming came =
                read("GET", "HTTP/1.1 418 I'm a teapot\r\nX-A: 1\r\nx-a:\t2 \r\nEmpty:\r\nContent-Length: 0\r\n\r\n");
        assertThat(came.status()).isEqualTo(418);
        assertThat(came.headers().allValues("X-a")).containsExactly("1", "2");
        assertThat(came.headers().firstValue("empty")).contains("");
    }

    @Test
    void whatHasNoBodyIsNotWaitedFor() throws IOException {
        assertThat(read("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n").body())
                .isEmpty();
        assertThat(read("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n")
                        .body())
                .isEmpty();
        assertThat(read("DELETE", "HTTP/1.1 204 No Content\r\n\r\n").body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
            })
    void anAnswerThatIsCutOffAnywhereIsNone(String answer) {
        for (int end = 0; end < answer.length(); end++) {
            String half = answer.substring(0, end);
            assertThatExceptionOfType(EOFException.class).as(half).isThrownBy(() -> read("GET", half));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: 1\r\n folded: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n",
            })
    void whatIsNotHttpOrCouldBeReadInTwoWaysIsRefused(String answer) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read("GET", answer));
    }

    @Test
    void aHeadThatDoesNotEndIsRefused() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> read("GET", "HTTP/1.1 200 OK\r\n" + "A: 1\r\n".repeat(20_000)));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> read("GET", "HTTP/1.1 100 Continue\r\n\r\n".repeat(20_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n%s",
                "HTTP/1.1 200 OK\r\nContent-Length: %2$d\r\n\r\n%1$s",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n%3$x\r\n%4$s\r\n0\r\n\r\n",
            })
    void aBodyHasAtMostSoManyBytes(String answer) throws IOException {
        for (int size : new int[] {BYTES_MAX - 1, BYTES_MAX, BYTES_MAX + 1, 100 * BYTES_MAX}) {
            String text = String.format(answer, "x".repeat(size), size, size - 1, "x".repeat(size - 1));
            if (size <= BYTES_MAX) {
                assertThat(body("GET", text)).hasSize(size);
            } else {
                assertThatExceptionOfType(BoundedBody.TooLarge.class).isThrownBy(() -> read("GET", text));
            }
        }
        assertThatExceptionOfType(BoundedBody.TooLarge.class)
                .isThrownBy(() -> read("GET", "HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\n"));
    }
}
