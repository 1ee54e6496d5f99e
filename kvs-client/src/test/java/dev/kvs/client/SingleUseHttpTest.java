package dev.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kvs.client.ScriptedServer.Reply;
import dev.kvs.client.ScriptedServer.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SingleUseHttpTest {
    private static final Reply METRICS = Reply.of(200, "kvs_up 1\n");
    private static final Reply STORED =
            Reply.of(201, "{\"uuid\":\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\",\"timestamp\":7}");

    private static KvsClient client(String server) {
        return KvsClient.builder(server).shortLived().build();
    }

    /** Only what goes over a connection of its own says that it will be closed. */
    private static boolean isSingle(Request request) {
        return "close".equals(request.header("Connection"));
    }

    @Test
    void whoGoesOnAskingGetsAClientThatKeepsItsConnections() {
        Reply[] replies = IntStream.range(0, 10).mapToObj(_ -> METRICS).toArray(Reply[]::new);
        try (ScriptedServer server = new ScriptedServer(replies);
                KvsClient kvs = client(server.address())) {
            for (int i = 0; i < 10; i++) {
                assertThat(kvs.metrics()).isEqualTo("kvs_up 1\n");
            }
            assertThat(server.requests().stream().map(SingleUseHttpTest::isSingle))
                    .containsExactly(true, true, true, true, true, true, true, true, false, false);
        }
    }

    @Test
    void aRequestArrivesAsItWouldByTheOtherWay() {
        try (ScriptedServer server = new ScriptedServer(STORED, STORED);
                KvsClient single = client(server.address() + "/be%20low");
                KvsClient jdk = KvsClient.connect(server.address() + "/be%20low")) {
            for (KvsClient kvs : List.of(single, jdk)) {
                kvs.put("ü/b c", "\"ü\"", WriteOptions.NONE.withAcks(2).withIdempotencyKey("k"));
            }
            Request first = server.requests().getFirst();
            Request second = server.requests().getLast();
            assertThat(isSingle(first)).isTrue();
            assertThat(isSingle(second)).isFalse();
            assertThat(first.line()).isEqualTo(second.line()).startsWith("PUT /be%20low/kv/%C3%BC/b%20c?");
            assertThat(first.body()).isEqualTo(second.body()).isEqualTo("\"ü\"");
            for (String header : List.of("Host", "User-Agent", "Content-Type", "Content-Length", "Idempotency-Key")) {
                assertThat(first.header(header)).as(header).isNotNull().isEqualTo(second.header(header));
            }
        }
    }

    /** A node refuses what is too large before it has read it, and closes: who still writes would not see why. */
    @Test
    void aLargeBodyGoesTheOtherWay() {
        try (ScriptedServer server = new ScriptedServer(STORED);
                KvsClient kvs = client(server.address())) {
            kvs.put("a", "\"" + "x".repeat(1 << 20) + "\"");
            assertThat(isSingle(server.onlyRequest())).isFalse();
        }
    }

    @Test
    void aLineBreakInAHeaderIsRefused() {
        try (ScriptedServer server = new ScriptedServer(METRICS)) {
            for (String bad : List.of("a\r\nX-Forged: 1", "a\nb", "a\0", "\u20ac")) {
                try (KvsClient kvs = KvsClient.builder(server.address())
                        .shortLived()
                        .token(bad)
                        .build()) {
                    assertThatIllegalArgumentException().isThrownBy(kvs::metrics);
                }
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aProxyThatIsSetIsUsed() {
        ProxySelector before = ProxySelector.getDefault();
        try (ScriptedServer proxy = new ScriptedServer(METRICS);
                KvsClient kvs = client("http://kvs.invalid:1")) {
            ProxySelector.setDefault(new ProxySelector() {
                @Override
                public List<Proxy> select(URI uri) {
                    URI address = URI.create(proxy.address());
                    return List.of(
                            new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address.getHost(), address.getPort())));
                }

                @Override
                public void connectFailed(URI uri, SocketAddress address, IOException why) {
                    throw new AssertionError(why);
                }
            });
            assertThat(kvs.metrics()).isEqualTo("kvs_up 1\n");
        } finally {
            ProxySelector.setDefault(before);
        }
    }
}
