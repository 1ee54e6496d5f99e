package dev.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kvs.client.ScriptedServer.Reply;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.Child;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.RangePage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What each method sends, and what it makes of the answer. */
class KvsClientTest {
    private static final String V = "01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f";
    private static final UUID VERSION = UUID.fromString(V);
    private static final Reply STORED = Reply.of(200, "{\"uuid\":\"" + V + "\",\"timestamp\":7}");

    private static Reply value(String json) {
        return Reply.of(200, json).with(Headers.ETAG, "\"" + V + ".raw\"").with(Headers.TIMESTAMP, "1790000000123");
    }

    /** Gives the reply to one call and returns the request that was sent. */
    private static ScriptedServer.Request exchange(Reply reply, Consumer<KvsClient> call) {
        try (ScriptedServer server = new ScriptedServer(reply);
                KvsClient kvs = KvsClient.builder(server.address() + "/")
                        .userAgent("test/1")
                        .build()) {
            call.accept(kvs);
            return server.onlyRequest();
        }
    }

    @Test
    void aPutStoresVerbatim() {
        var sent = exchange(
                STORED.with(Headers.ACKS, "2"),
                kvs -> assertThat(kvs.put("users/ada b", "{\"data\":1.0}"))
                        .isEqualTo(new Written(VERSION, 7, false, 2, null)));
        assertThat(sent.line()).isEqualTo("PUT /kv/users/ada%20b?raw");
        assertThat(sent.body()).isEqualTo("{\"data\":1.0}");
        assertThat(sent.header("Content-Type")).isEqualTo("application/json");
        assertThat(sent.header("User-Agent")).isEqualTo("test/1");
        assertThat(sent.header("Authorization")).isNull();
        assertThat(sent.header("Idempotency-Key")).isNull();
    }

    @Test
    void aPutSaysAllItsWishes() {
        WriteOptions wishes = WriteOptions.NONE
                .withTtl(Duration.ofHours(1))
                .withIfMatch(VERSION)
                .withAcks(2)
                .withIdempotencyKey("k-1");
        var sent = exchange(
                STORED.with(Headers.CONDITION_SCOPE, "node"),
                kvs -> assertThat(kvs.put("a", "1", wishes).conditionScope()).isEqualTo("node"));
        assertThat(sent.line()).isEqualTo("PUT /kv/a?acks=2&raw&ttl=1h");
        assertThat(sent.header("If-Match")).isEqualTo("\"" + V + "\"");
        assertThat(sent.header("Idempotency-Key")).isEqualTo("k-1");
    }

    @Test
    void aPutMayAskForAbsenceAndForEver() {
        var sent = exchange(
                STORED,
                kvs -> kvs.put("a", "1", WriteOptions.NONE.withIfAbsent().withTtl(Duration.ZERO)));
        assertThat(sent.line()).isEqualTo("PUT /kv/a?raw&ttl=0");
        assertThat(sent.header("If-None-Match")).isEqualTo("*");
    }

    @Test
    void anObjectTravelsAsJson() {
        var sent = exchange(STORED, kvs -> kvs.putObject("a", Map.of("n", 1), WriteOptions.NONE));
        assertThat(sent.body()).isEqualTo("{\"n\":1}");
        exchange(value("{\"n\":1}"), kvs -> assertThat(kvs.get("a", Map.class)).contains(Map.of("n", 1)));
    }

    @Test
    void aValueComesBackAsItWasStored() {
        String json = "{ \"n\": 1.0e2, \"big\": 123456789012345678901234567890, \"s\": \"\\u00e9\" }";
        var sent = exchange(value(json).with(Headers.EXPIRES_AT, "1790000000999"), kvs -> {
            Value value = kvs.get("a").orElseThrow();
            assertThat(value.text()).isEqualTo(json);
            assertThat(value.uuid()).isEqualTo(VERSION);
            assertThat(value.writtenAt()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_123L));
            assertThat(value.expiry()).contains(Instant.ofEpochMilli(1_790_000_000_999L));
        });
        assertThat(sent.line()).isEqualTo("GET /kv/a?raw");
        assertThat(sent.header("Accept")).isEqualTo("application/vnd.kvs.raw+json");
        exchange(
                value(json),
                kvs -> assertThat(kvs.getRaw("a").orElseThrow()).isEqualTo(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void nothingStoredIsEmpty() {
        Reply absent = Reply.refusal(ErrorCode.NOT_FOUND);
        exchange(absent, kvs -> assertThat(kvs.get("a")).isEmpty());
        exchange(absent, kvs -> assertThat(kvs.getRaw("a")).isEmpty());
        exchange(absent, kvs -> assertThat(kvs.get("a", Map.class)).isEmpty());
        exchange(absent, kvs -> assertThat(kvs.exists("a")).isFalse());
        exchange(absent, kvs -> assertThat(kvs.history("a")).isEmpty());
        exchange(
                Reply.refusal(ErrorCode.REVISION_NOT_FOUND),
                kvs -> assertThat(kvs.revision("a", VERSION)).isEmpty());
    }

    @Test
    void aPathThatIsNotThereIsNotAnAbsentValue() {
        exchange(
                Reply.refusal(ErrorCode.UNKNOWN_PATH),
                kvs -> assertThat(catchThrowableOfType(KvsClientException.Refused.class, () -> kvs.get("a"))
                                .code())
                        .contains(ErrorCode.UNKNOWN_PATH));
        exchange(
                Reply.refusal(ErrorCode.UNKNOWN_PATH),
                kvs -> assertThat(catchThrowableOfType(KvsClientException.Refused.class, () -> kvs.head("a"))
                                .code())
                        .contains(ErrorCode.UNKNOWN_PATH));
    }

    @Test
    void headReadsNoBody() {
        var sent = exchange(value("[1,2]").with(Headers.CONTENT_LENGTH, "5"), kvs -> {
            ValueInfo info = kvs.head("a").orElseThrow();
            assertThat(info.uuid()).isEqualTo(VERSION);
            assertThat(info.timestamp()).isEqualTo(1_790_000_000_123L);
            assertThat(info.expiresAt()).isNull();
        });
        assertThat(sent.line()).isEqualTo("HEAD /kv/a?raw");
    }

    @Test
    void aDeleteTellsItsAcks() {
        var sent = exchange(
                Reply.of(204, "").with(Headers.ACKS, "3"),
                kvs -> assertThat(kvs.delete("a", WriteOptions.NONE.withIfMatch(VERSION)))
                        .isEqualTo(3));
        assertThat(sent.line()).isEqualTo("DELETE /kv/a");
        assertThat(sent.header("If-Match")).isEqualTo("\"" + V + "\"");
    }

    @Test
    void aConditionThatFailsIsARefusal() {
        exchange(Reply.refusal(ErrorCode.PRECONDITION_FAILED), kvs -> {
            var refused = catchThrowableOfType(
                    KvsClientException.Refused.class, () -> kvs.put("a", "1", WriteOptions.NONE.withIfAbsent()));
            assertThat(refused.is(ErrorCode.PRECONDITION_FAILED)).isTrue();
            assertThat(refused.outcomeUnknown()).isFalse();
            assertThat(refused)
                    .hasMessage("412 precondition_failed: detail of precondition_failed (request request-1)");
        });
    }

    @Test
    void patchesNameTheirKind() {
        var merge = exchange(STORED, kvs -> kvs.mergePatch("a", "{\"x\":null}", WriteOptions.NONE));
        assertThat(merge.line()).isEqualTo("PATCH /kv/a");
        assertThat(merge.header("Content-Type")).isEqualTo("application/merge-patch+json");
        var patch = exchange(STORED, kvs -> kvs.jsonPatch("a", "[]", WriteOptions.NONE));
        assertThat(patch.header("Content-Type")).isEqualTo("application/json-patch+json");
        assertThat(patch.body()).isEqualTo("[]");
    }

    @Test
    void onlyAPutHasATimeToLive() {
        WriteOptions ttl = WriteOptions.NONE.withTtl(Duration.ofSeconds(1));
        try (KvsClient kvs = KvsClient.connect("http://127.0.0.1:1")) {
            assertThatIllegalArgumentException().isThrownBy(() -> kvs.delete("a", ttl));
            assertThatIllegalArgumentException().isThrownBy(() -> kvs.mergePatch("a", "{}", ttl));
            assertThatIllegalArgumentException().isThrownBy(() -> kvs.restore("a", VERSION, ttl));
            assertThatIllegalArgumentException().isThrownBy(() -> kvs.batch(List.of(), ttl));
        }
    }

    @Test
    void historyRevisionAndRestore() {
        Reply history = Reply.of(
                200,
                "{\"key\":\"a\",\"revisions\":[{\"uuid\":\"" + V + "\",\"timestamp\":7,"
                        + "\"origin\":\"n\",\"kind\":\"tombstone\",\"lost_conflict\":false,\"current\":true}]}");
        var listed = exchange(history, kvs -> {
            var revision = kvs.history("a").orElseThrow().revisions().getFirst();
            assertThat(revision.hasDocument()).isFalse();
            assertThat(revision.current()).isTrue();
        });
        assertThat(listed.line()).isEqualTo("GET /kv/a/_history");
        var old = exchange(
                value("1"), kvs -> assertThat(kvs.revision("a", VERSION)).isPresent());
        assertThat(old.line()).isEqualTo("GET /kv/a?revision=" + V + "&raw");
        var restored = exchange(STORED, kvs -> kvs.restore("a", VERSION, WriteOptions.NONE));
        assertThat(restored.line()).isEqualTo("POST /kv/a/_restore");
        assertThat(restored.body()).isEqualTo("{\"revision\":\"" + V + "\"}");
    }

    @Test
    void aPastMomentSaysWhetherItIsComplete() {
        var sent = exchange(value("1").with(Headers.COMPLETE, "true"), kvs -> {
            AsOf then = kvs.at("a", Instant.ofEpochMilli(5));
            assertThat(then.value()).isPresent();
            assertThat(then.complete()).isTrue();
        });
        assertThat(sent.line()).isEqualTo("GET /kv/a?at=5&raw");
        exchange(
                Reply.refusal(ErrorCode.NOT_FOUND).with(Headers.COMPLETE, "false"),
                kvs -> assertThat(kvs.at("a", Instant.EPOCH).complete()).isFalse());
    }

    @Test
    void allPagesOfAListingAreOneStream() {
        Reply first = Reply.of(
                200,
                "{\"path\":\"u\",\"children\":[{\"subkey\":\"a\",\"timestamp\":1,\"directory\":false},"
                        + "{\"subkey\":\"b\",\"directory\":true}],\"total\":3,\"truncated\":true,\"next\":\"b\"}");
        Reply empty = Reply.of(200, "{\"path\":\"u\",\"children\":[],\"total\":3,\"truncated\":true,\"next\":\"b&c\"}");
        Reply last = Reply.of(
                200,
                "{\"path\":\"u\",\"children\":[{\"subkey\":\"c\",\"timestamp\":2,\"directory\":false}],"
                        + "\"total\":3,\"truncated\":false}");
        try (ScriptedServer server = new ScriptedServer(first, empty, last);
                KvsClient kvs = KvsClient.connect(server.address())) {
            assertThat(kvs.children("u", ListQuery.FIRST.withLimit(2).withMetadata())
                            .map(Child::subkey))
                    .containsExactly("a", "b", "c");
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::target)
                    .containsExactly(
                            "/kv/u/_ls?limit=2&include_metadata=true",
                            "/kv/u/_ls?limit=2&after=b&include_metadata=true",
                            "/kv/u/_ls?limit=2&after=b%26c&include_metadata=true");
        }
    }

    @Test
    void pagesAreFetchedOnlyWhenTheyAreRead() {
        Reply first = Reply.of(
                200,
                "{\"entries\":[{\"key\":\"a\",\"uuid\":\"" + V + "\",\"timestamp\":1,\"data\":1.0}],"
                        + "\"truncated\":true,\"next\":\"a\"}");
        try (ScriptedServer server = new ScriptedServer(first);
                KvsClient kvs = KvsClient.connect(server.address())) {
            RangePage.Entry entry = kvs.entries(RangeQuery.below("users").reversed())
                    .findFirst()
                    .orElseThrow();
            assertThat(entry.data()).hasToString("1.0");
            assertThat(server.onlyRequest().line())
                    .isEqualTo("GET /kv/_range?start_key=users%2F&end_key=users0&limit=100&reverse=true");
        }
    }

    @Test
    void treesComeInTwoForms() {
        var flat = exchange(
                Reply.of(200, "{\"path\":\"\",\"entries\":[],\"truncated\":false}"), kvs -> kvs.tree("", 2, 10));
        assertThat(flat.line()).isEqualTo("GET /kv/_tree?depth=2&limit=10&format=json");
        var nested = exchange(
                Reply.of(200, "{\"path\":\"a\",\"children\":[{\"subkey\":\"b\",\"children\":[]}],\"truncated\":false}"),
                kvs -> assertThat(kvs.nestedTree("a", 1, 10).children()).hasSize(1));
        assertThat(nested.line()).isEqualTo("GET /kv/a/_tree?depth=1&limit=10&format=nested");
    }

    @Test
    void aBatchIsSentWhole() {
        Reply done = Reply.of(
                200,
                "{\"results\":[{\"op\":\"put\",\"key\":\"a\",\"uuid\":\"" + V
                        + "\",\"timestamp\":7,\"created\":true}]}");
        var sent = exchange(done, kvs -> {
            var operations = List.of(
                    BatchOperation.put("a", "1.0").ttl(Duration.ofMinutes(2)),
                    BatchOperation.delete("b").ifMatch(VERSION));
            assertThat(kvs.batch(operations, WriteOptions.NONE).results()).hasSize(1);
        });
        assertThat(sent.line()).isEqualTo("POST /kv/_batch");
        assertThat(sent.body())
                .isEqualTo("{\"operations\":[{\"op\":\"put\",\"key\":\"a\",\"data\":1.0,\"ttl\":\"2m\"},"
                        + "{\"op\":\"delete\",\"key\":\"b\",\"if_match\":\"" + V + "\"}]}");
    }

    @Test
    void theTokenIsSentButNotShown() {
        List<String> seen = new ArrayList<>();
        try (ScriptedServer server = new ScriptedServer(Reply.of(200, ""));
                KvsClient kvs = KvsClient.builder(server.address())
                        .token("secret")
                        .listener((method, uri, headers, body) -> seen.add(method + " " + uri + " " + headers))
                        .build()) {
            kvs.metrics();
            assertThat(server.onlyRequest().header("Authorization")).isEqualTo("Bearer secret");
            assertThat(seen).singleElement().asString().contains("Bearer ***").doesNotContain("secret");
        }
    }

    @Test
    void settingsOutOfBoundsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> KvsClient.connect());
        for (String server :
                new String[] {"", "localhost:8080", "ftp://a", "http://", "http://u:p@a", "http://a?b", "http://a#b"}) {
            assertThatIllegalArgumentException().as(server).isThrownBy(() -> KvsClient.connect(server));
        }
        KvsClientBuilder builder = KvsClient.builder("http://a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.retries(21).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder.retries(3).totalTimeout(Duration.ofMinutes(10)).build());
        assertThatIllegalArgumentException().isThrownBy(() -> WriteOptions.NONE.withAcks(0));
        assertThatIllegalArgumentException().isThrownBy(() -> WriteOptions.NONE.withIdempotencyKey("a b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WriteOptions.NONE.withIfAbsent().withIfMatch(VERSION));
        assertThatIllegalArgumentException().isThrownBy(() -> ListQuery.FIRST.withLimit(1_001));
        assertThatIllegalArgumentException().isThrownBy(() -> RangeQuery.ALL.withLimit(0));
    }
}
