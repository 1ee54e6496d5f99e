package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Dot;
import dev.kvs.replication.Copies;
import dev.kvs.storage.StoreFixture;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One document through the real server: put, get, delete, patch, forms, conditions. */
class DocumentsTest {
    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void aDocumentComesBackAsItWasSent() {
        String json = "{ \"n\": 1.0e2, \"b\":[12345678901234567890], \"ü\":\"\\u00fc\" }";
        Answer put = door.put("/kv/users/ada", json);
        assertThat(put.status()).isEqualTo(201);
        String uuid = put.json().get("uuid").asText();
        assertThat(put.header("ETag")).isEqualTo('"' + uuid + '"');
        assertThat(put.header("KVS-Acks")).isEqualTo("1");
        assertThat(put.header("KVS-Timestamp"))
                .isEqualTo(put.json().get("timestamp").asText());
        assertThat(put.header("X-Request-Id")).isNotEmpty();

        Answer get = door.get("/kv/users/ada");
        assertThat(get.status()).isEqualTo(200);
        assertThat(get.text())
                .isEqualTo("{\"uuid\":\"" + uuid + "\",\"timestamp\":" + put.header("KVS-Timestamp") + ",\"data\":"
                        + json + "}");
        assertThat(get.header("ETag")).isEqualTo('"' + uuid + '"');
        assertThat(get.header("Content-Type")).isEqualTo("application/json");
        assertThat(get.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(get.header("Vary")).isEqualTo("Accept, Authorization");
        assertThat(get.header("Last-Modified")).endsWith(" GMT");
        assertThat(door.get("/kv/users/ada?raw").text()).isEqualTo(json);
        assertThat(door.put("/kv/users/ada", "1").status()).isEqualTo(200);
    }

    @Test
    void theRawFormHasItsOwnTagAndMediaType() {
        String uuid = door.put("/kv/a", "[1]").json().get("uuid").asText();
        Answer raw = door.get("/kv/a?raw");
        assertThat(raw.header("ETag")).isEqualTo("\"" + uuid + ".raw\"");
        assertThat(raw.header("Content-Type")).isEqualTo("application/json");
        Answer accepted = door.get("/kv/a", "Accept", "text/html, application/vnd.kvs.raw+json;q=0.9");
        assertThat(accepted.text()).isEqualTo("[1]");
        assertThat(accepted.header("Content-Type")).isEqualTo("application/vnd.kvs.raw+json");
        assertThat(door.get("/kv/a", "Accept", "application/vnd.kvs.raw+json;q=0")
                        .text())
                .startsWith("{\"uuid\"");
        assertThat(door.get("/kv/a?raw=false").text()).startsWith("{\"uuid\"");
        assertThat(door.get("/kv/a", "If-None-Match", "\"" + uuid + ".raw\"").status())
                .isEqualTo(200);
        assertThat(door.get("/kv/a?raw", "If-None-Match", "\"" + uuid + ".raw\"")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void headGivesTheHeadersOfGet() {
        door.put("/kv/a", "\"0123456789\"");
        Answer get = door.get("/kv/a");
        Answer head = door.send("HEAD", "/kv/a", "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().body()).isEmpty();
        assertThat(head.header("Content-Length"))
                .isEqualTo(Integer.toString(get.response().body().length));
        assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
        Answer missing = door.send("HEAD", "/kv/b", "");
        assertThat(missing.outcome()).isEqualTo("404 not_found");
        assertThat(missing.response().body()).isEmpty();
    }

    @Test
    void aDeletedDocumentIsGone() {
        door.put("/kv/a", "1");
        Answer deleted = door.send("DELETE", "/kv/a", "");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.header("KVS-Acks")).isEqualTo("1");
        Answer gone = door.get("/kv/a");
        assertThat(gone.outcome()).isEqualTo("404 not_found");
        assertThat(gone.json().get("request_id").asText()).isEqualTo(gone.header("X-Request-Id"));
        assertThat(door.send("DELETE", "/kv/never-there", "").status()).isEqualTo(204);
    }

    @Test
    void conditionsOnWritesHold() {
        assertThat(door.put("/kv/a", "1", "If-Match", "*").outcome()).isEqualTo("412 precondition_failed");
        Answer first = door.put("/kv/a", "1", "If-None-Match", "*");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("KVS-Condition-Scope")).isEqualTo("node");
        String tag = first.header("ETag");
        String other = '"' + UUID.randomUUID().toString() + '"';
        assertThat(door.put("/kv/a", "2", "If-None-Match", "*").outcome()).isEqualTo("412 precondition_failed");
        assertThat(door.put("/kv/a", "2", "If-Match", other).outcome()).isEqualTo("412 precondition_failed");
        assertThat(door.put("/kv/a", "2", "If-Match", "W/" + tag).outcome()).isEqualTo("412 precondition_failed");
        assertThat(door.put("/kv/a", "2", "If-Match", "\"not-ours\"").outcome()).isEqualTo("412 precondition_failed");
        Answer second = door.put(
                "/kv/a", "2", "If-Match", other + ", " + tag.replace("\"", "").transform(t -> "\"" + t + ".raw\""));
        assertThat(second.status()).isEqualTo(200);
        assertThat(door.put("/kv/a", "3", "If-None-Match", second.header("ETag"))
                        .outcome())
                .isEqualTo("412 precondition_failed");
        assertThat(door.send("DELETE", "/kv/a", "", "If-Match", tag).outcome()).isEqualTo("412 precondition_failed");
        assertThat(door.send("DELETE", "/kv/a", "", "If-Match", second.header("ETag"))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void conditionsOnReadsHold() {
        String tag = door.put("/kv/a", "1").header("ETag");
        Answer known = door.get("/kv/a", "If-None-Match", "\"x\", W/" + tag);
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.header("ETag")).isEqualTo(tag);
        assertThat(known.response().body()).isEmpty();
        assertThat(door.get("/kv/a", "If-None-Match", "\"x\"").status()).isEqualTo(200);
        assertThat(door.get("/kv/a", "If-Match", "\"x\"").outcome()).isEqualTo("412 precondition_failed");
        assertThat(door.get("/kv/a", "If-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void malformedConditionsAreRefused() {
        for (String header : new String[] {"uuid", "\"open", "*, \"a\"", "\"a\" \"b\"", ""}) {
            assertThat(door.put("/kv/a", "1", "If-Match", header).outcome())
                    .as(header)
                    .isEqualTo("400 invalid_header");
        }
    }

    @Test
    void aTimeToLiveIsGivenInTheQueryOrAroundTheDocument() {
        long before = System.currentTimeMillis();
        Answer inQuery = door.put("/kv/a?ttl=1h", "{\"data\":1,\"ttl\":\"2h\"}");
        long expiry = Long.parseLong(inQuery.header("KVS-Expires-At"));
        assertThat(expiry).isBetween(before + 3_600_000, System.currentTimeMillis() + 3_600_000);
        assertThat(door.get("/kv/a").json().get("expires_at").asLong()).isEqualTo(expiry);
        assertThat(door.get("/kv/a?raw").text()).isEqualTo("{\"data\":1,\"ttl\":\"2h\"}");

        assertThat(door.put("/kv/b", " {\"ttl\" : \"90s\", \"data\" :  { \"x\": [1, 2.0] }  } ")
                        .header("KVS-Expires-At"))
                .isNotEmpty();
        assertThat(door.get("/kv/b?raw").text()).isEqualTo("{ \"x\": [1, 2.0] }");
        for (String data : new String[] {"1", "-1.5e3", "true", "null", "\"a\\\"}\"", "[]", "{}", "[{\"data\":1}]"}) {
            door.put("/kv/b", "{\"data\":" + data + " ,\"ttl\":\"90s\"}");
            assertThat(door.get("/kv/b?raw").text()).isEqualTo(data);
            door.put("/kv/b", "{\"ttl\":\"90s\",\"data\":" + data + "}");
            assertThat(door.get("/kv/b?raw").text()).isEqualTo(data);
        }
    }

    @Test
    void whatOnlyLooksWrappedIsStoredVerbatim() {
        for (String json : new String[] {
            "{\"data\":1}",
            "{\"ttl\":\"1h\"}",
            "{\"data\":1,\"ttl\":3600}",
            "{\"data\":1,\"ttl\":\"soon\"}",
            "{\"data\":1,\"ttl\":\"1h\",\"x\":0}",
            "{\"x\":{\"data\":1,\"ttl\":\"1h\"}}",
            "[{\"data\":1,\"ttl\":\"1h\"}]"
        }) {
            assertThat(door.put("/kv/a", json).header("KVS-Expires-At"))
                    .as(json)
                    .isEmpty();
            assertThat(door.get("/kv/a?raw").text()).isEqualTo(json);
        }
        String wrapped = "{\"data\":1,\"ttl\":\"1h\"}";
        assertThat(door.put("/kv/a?raw", wrapped).header("KVS-Expires-At")).isEmpty();
        assertThat(door.get("/kv/a?raw").text()).isEqualTo(wrapped);
    }

    @Test
    void aPatchNeedsItsMediaType() {
        door.put("/kv/a", "{\"x\":1}");
        assertThat(door.send("PATCH", "/kv/a", "{\"y\":2}", "Content-Type", "application/merge-patch+json")
                        .status())
                .isEqualTo(200);
        assertThat(door.get("/kv/a?raw").json().get("y").asInt()).isEqualTo(2);
        assertThat(door.send("PATCH", "/kv/a", "{\"y\":2}", "Content-Type", "application/json")
                        .outcome())
                .isEqualTo("415 unsupported_media_type");
        assertThat(door.send("PATCH", "/kv/a", "{}", "Content-Type", "application/json-patch+json")
                        .outcome())
                .isEqualTo("400 invalid_patch");
        assertThat(door.send("PATCH", "/kv/none", "{}", "Content-Type", "application/merge-patch+json")
                        .outcome())
                .isEqualTo("404 not_found");
    }

    @Test
    void aRepeatedWriteGivesTheFirstAnswer() {
        Answer first = door.put("/kv/a", "1", "Idempotency-Key", "k1");
        Answer again = door.put("/kv/a", "1", "Idempotency-Key", "k1");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(door.writes()).isEqualTo(1);
        assertThat(door.put("/kv/a", "2", "Idempotency-Key", "k1").outcome()).isEqualTo("409 idempotency_mismatch");
        assertThat(door.put("/kv/b", "1", "Idempotency-Key", "k1").outcome()).isEqualTo("409 idempotency_mismatch");
        assertThat(door.put("/kv/a", "1", "Idempotency-Key", "a b").outcome()).isEqualTo("400 invalid_header");
        assertThat(door.put("/kv/a", "1", "Idempotency-Key", "x".repeat(255)).status())
                .isEqualTo(200);
        assertThat(door.put("/kv/a", "1", "Idempotency-Key", "x".repeat(256)).outcome())
                .isEqualTo("400 invalid_header");
    }

    @Test
    void moreAcknowledgementsThanNodesAreRefusedBeforeAnythingIsWritten() {
        assertThat(door.put("/kv/a?acks=1", "1").status()).isEqualTo(201);
        assertThat(door.put("/kv/a?acks=2", "2").outcome()).isEqualTo("503 quorum_unavailable");
        assertThat(door.get("/kv/a?raw").text()).isEqualTo("1");
        for (String acks : new String[] {"0", "-1", "1001", "x", "", "1.0", "99999999999"}) {
            assertThat(door.put("/kv/a?acks=" + acks, "1").outcome()).as(acks).isEqualTo("400 invalid_parameter");
        }
    }

    @Test
    void acknowledgementsThatDoNotComeAreAnUnknownOutcome() throws IOException {
        try (Door second = Door.open(disk -> disk, StoreFixture.settings(), new SilentCopies())) {
            assertThat(second.put("/kv/a?acks=2", "1").outcome()).isEqualTo("504 outcome_unknown");
            assertThat(second.get("/kv/a?raw").text()).isEqualTo("1");
        }
    }

    /** The answer advises it, and it stands in the log by then. */
    @Test
    void whatIsRepeatedWithItsKeyAfterAnUnknownOutcomeIsWrittenOnce() throws IOException {
        SilentCopies copies = new SilentCopies();
        try (Door second = Door.open(disk -> disk, StoreFixture.settings(), copies)) {
            String batch = "{\"operations\":[{\"op\":\"put\",\"key\":\"b\",\"data\":1,\"if_none_match\":\"*\"}]}";
            String patch = "[{\"op\":\"add\",\"path\":\"/-\",\"value\":1}]";
            for (int times = 1; times <= 2; times++) {
                assertThat(second.put("/kv/a?acks=2", "[]", "If-None-Match", "*", "Idempotency-Key", "put")
                                .outcome())
                        .isEqualTo("504 outcome_unknown");
                assertThat(second.send(
                                        "PATCH",
                                        "/kv/a?acks=2",
                                        patch,
                                        "Content-Type",
                                        "application/json-patch+json",
                                        "Idempotency-Key",
                                        "patch")
                                .outcome())
                        .isEqualTo("504 outcome_unknown");
                assertThat(second.send(
                                        "POST",
                                        "/kv/_batch?acks=2",
                                        batch,
                                        "Content-Type",
                                        "application/json",
                                        "Idempotency-Key",
                                        "batch")
                                .outcome())
                        .isEqualTo("504 outcome_unknown");
                // By the second time the other node counts as gone, and "nothing was written" would not be true.
                copies.members = 1;
            }
            assertThat(second.writes()).isEqualTo(3);
            assertThat(second.get("/kv/a?raw").text()).isEqualTo("[1]");
        }
    }

    /** Two members, of which the other never answers. */
    private static final class SilentCopies implements Copies {
        private volatile int members = 2;

        @Override
        public int possible() {
            return members;
        }

        @Override
        public int now(Dot dot) {
            return 1;
        }

        @Override
        public CompletableFuture<Integer> reaching(Dot dot, int count, long withinMillis) {
            return CompletableFuture.completedFuture(1);
        }
    }

    @Test
    void aReadOnlyNodeRefusesWritesAndAnswersReads() {
        door.put("/kv/a", "1");
        Answer switched = door.send("POST", "/admin/mode", "{\"mode\":\"read-only\"}");
        assertThat(switched.json().get("mode").asText()).isEqualTo("read-only");
        Answer refused = door.put("/kv/a", "2");
        assertThat(refused.outcome()).isEqualTo("503 read_only");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(door.send("DELETE", "/kv/a", "").outcome()).isEqualTo("503 read_only");
        assertThat(door.get("/kv/a?raw").text()).isEqualTo("1");
        assertThat(door.get("/health").json().get("mode").asText()).isEqualTo("read-only");
        assertThat(door.send("POST", "/admin/mode", "{\"mode\":\"normal\"}").status())
                .isEqualTo(200);
        assertThat(door.put("/kv/a", "2").status()).isEqualTo(200);
    }

    @Test
    void aSaneRequestIdIsKeptAndAnotherReplaced() {
        assertThat(door.get("/health", "X-Request-Id", "abc-123").header("X-Request-Id"))
                .isEqualTo("abc-123");
        assertThat(door.get("/health", "X-Request-Id", "x".repeat(64)).header("X-Request-Id"))
                .hasSize(64);
        for (String bad : new String[] {"x".repeat(65), "a b", ""}) {
            assertThat(door.get("/health", "X-Request-Id", bad).header("X-Request-Id"))
                    .as(bad)
                    .matches("[0-9a-f]{16}");
        }
    }
}
