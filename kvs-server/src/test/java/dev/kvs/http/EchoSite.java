package dev.kvs.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Says what it was asked; stands for the console in tests of the door. */
final class EchoSite implements Site {
    @Override
    public Reply answer(Visit visit) {
        byte[] body = visit.body();
        String said = visit.method() + " " + visit.path() + "?" + visit.query() + " "
                + (body == null ? "too large" : new String(body, StandardCharsets.UTF_8));
        return new Reply(
                body == null ? 413 : 200,
                Map.of("Content-Type", "text/plain"),
                said.getBytes(StandardCharsets.UTF_8),
                visit.path().equals("/live")
                        ? new News() {
                            @Override
                            public byte[] next() {
                                throw new io.helidon.webserver.CloseConnectionException("enough");
                            }

                            @Override
                            public long pauseMillis() {
                                return 1;
                            }

                            @Override
                            public void close() {
                                // Holds nothing.
                            }
                        }
                        : null);
    }
}
