package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every bound at the bound, one past it and far past it, in both protocol versions. */
class LimitsTest {
    private static Door open(HttpClient.Version version) throws IOException {
        Door door = Door.open(Door.settings(), version);
        // The client changes to h2c on a request without a body.
        assertThat(door.get("/health").response().version()).isEqualTo(version);
        return door;
    }

    private static String string(int bytes) {
        return "\"" + "x".repeat(bytes - 2) + "\"";
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aDocumentHasUpToItsLimit(HttpClient.Version version) throws IOException {
        try (Door door = open(version)) {
            assertThat(door.put("/kv/a", string(Door.MAX_JSON_BYTES)).status()).isEqualTo(201);
            assertThat(door.put("/kv/a", string(Door.MAX_JSON_BYTES + 1)).outcome())
                    .isEqualTo("413 body_too_large");
            assertThat(door.put("/kv/a", string(2_000_000)).outcome()).isEqualTo("413 body_too_large");
            assertThat(door.get("/kv/a?raw").text()).isEqualTo(string(Door.MAX_JSON_BYTES));
            assertThat(door.writes()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void soHasADocumentOfUnknownLength(HttpClient.Version version) throws IOException {
        try (Door door = open(version)) {
            assertThat(putInPieces(door, Door.MAX_JSON_BYTES).status()).isEqualTo(201);
            assertThat(putInPieces(door, Door.MAX_JSON_BYTES + 1).outcome()).isEqualTo("413 body_too_large");
            assertThat(putInPieces(door, 1_000_000).outcome()).isEqualTo("413 body_too_large");
            assertThat(door.writes()).isEqualTo(1);
        }
    }

    private static Answer putInPieces(Door door, int bytes) {
        byte[] body = string(bytes).getBytes(StandardCharsets.UTF_8);
        List<byte[]> pieces = Stream.iterate(0, from -> from < body.length, from -> from + 1000)
                .map(from -> java.util.Arrays.copyOfRange(body, from, Math.min(body.length, from + 1000)))
                .toList();
        return door.send(HttpRequest.newBuilder(door.uri("/kv/a"))
                .PUT(HttpRequest.BodyPublishers.ofByteArrays(pieces))
                .build());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aBatchHasUpToItsOwnLimit(HttpClient.Version version) throws IOException {
        try (Door door = open(version)) {
            assertThat(door.send("POST", "/kv/_batch", batch(Door.MAX_BATCH_BYTES))
                            .status())
                    .isEqualTo(200);
            assertThat(door.send("POST", "/kv/_batch", batch(Door.MAX_BATCH_BYTES + 1))
                            .outcome())
                    .isEqualTo("413 body_too_large");
            assertThat(door.send("POST", "/kv/_batch", batch(500_000)).outcome())
                    .isEqualTo("413 body_too_large");
        }
    }

    private static String batch(int bytes) {
        String json = "{\"operations\":[{\"op\":\"put\",\"key\":\"a\",\"data\":1}]}";
        return json + " ".repeat(bytes - json.length());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aKeyHas1024Bytes(HttpClient.Version version) throws IOException {
        try (Door door = open(version)) {
            assertThat(door.put("/kv/" + "k".repeat(1024), "1").status()).isEqualTo(201);
            assertThat(door.put("/kv/" + "%C3%A4".repeat(512), "1").status()).isEqualTo(201);
            assertThat(door.get("/kv/" + "k".repeat(1024) + "/_history").status())
                    .isEqualTo(200);
            assertThat(door.put("/kv/" + "k".repeat(1025), "1").outcome()).isEqualTo("400 invalid_key");
            assertThat(door.put("/kv/" + "%C3%A4".repeat(513), "1").outcome()).isEqualTo("400 invalid_key");
            assertThat(door.get("/kv/_range?start_key=" + "k".repeat(1024)).status())
                    .isEqualTo(200);
            assertThat(door.get("/kv/_range?start_key=" + "k".repeat(1025)).outcome())
                    .isEqualTo("400 invalid_parameter");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void numbersStayInTheirRange(HttpClient.Version version) throws IOException {
        try (Door door = open(version)) {
            for (String[] row : new String[][] {
                {"/kv/_ls?limit=", "1", "1000", "0", "1001"},
                {"/kv/_range?limit=", "1", "1000", "0", "1001"},
                {"/kv/_tree?limit=", "1", "5000", "0", "5001"},
                {"/kv/_tree?depth=", "1", "50", "0", "51"}
            }) {
                assertThat(door.get(row[0] + row[1]).status()).isEqualTo(200);
                assertThat(door.get(row[0] + row[2]).status()).isEqualTo(200);
                for (String bad : new String[] {row[3], row[4], "-1", "1e2", "", "x", "999999999999", "%2B1", "0x1"}) {
                    assertThat(door.get(row[0] + bad).outcome())
                            .as(row[0] + bad)
                            .isEqualTo("400 invalid_parameter");
                }
            }
        }
    }
}
