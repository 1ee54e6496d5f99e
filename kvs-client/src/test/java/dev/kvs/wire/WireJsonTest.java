package dev.kvs.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireJsonTest {
    private static final UUID VERSION = UUID.fromString("01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f");

    private static <T> T read(String json, Class<T> type) throws JsonProcessingException {
        return WireJson.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String written(Object message) {
        return new String(WireJson.write(message), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e2",
                "-0",
                "0.10000000000000000000000000000000001",
                "123456789012345678901234567890",
                "null",
                "true",
                "\"\"",
                "\"\\u00e9 é 😀 \\/\"",
                "[]",
                "{}",
                "{ \"b\" : 1 , \"a\" : [ 1 , { } ] }",
                "[\"]}\", \"{\"]",
            })
    void aDocumentInsideAMessageKeepsItsSpelling(String data) throws JsonProcessingException {
        for (String space : new String[] {"", " ", "\n\t"}) {
            String message =
                    "{\"uuid\":\"" + VERSION + "\"," + space + "\"data\":" + space + data + space + ",\"timestamp\":7}";
            assertThat(read(message, Document.class).data().text()).isEqualTo(data);
        }
        Document document = new Document(VERSION, 7, new RawJson(data), null);
        assertThat(written(document)).isEqualTo("{\"uuid\":\"" + VERSION + "\",\"timestamp\":7,\"data\":" + data + "}");
        assertThat(read(written(document), Document.class)).isEqualTo(document);
    }

    @Test
    void aLongDocumentIsCutOutWhole() throws JsonProcessingException {
        for (int length : new int[] {7_990, 32_760, 32_768, 100_000}) {
            String data = "[\"" + "é".repeat(length) + "\",1.50]";
            String message = "{\"results\":0,\"uuid\":\"" + VERSION + "\",\"data\":" + data + ",\"timestamp\":7}";
            assertThat(read(message, Document.class).data().text()).isEqualTo(data);
        }
    }

    @Test
    void noDocumentIsNotTheDocumentNull() throws JsonProcessingException {
        BatchOperation delete = read("{\"op\":\"delete\",\"key\":\"a\"}", BatchOperation.class);
        BatchOperation putNull = read("{\"op\":\"put\",\"key\":\"a\",\"data\":null}", BatchOperation.class);
        assertThat(delete.data()).isNull();
        assertThat(putNull.data()).isEqualTo(new RawJson("null"));
        assertThat(written(delete)).isEqualTo("{\"op\":\"delete\",\"key\":\"a\"}");
        assertThat(written(putNull)).isEqualTo("{\"op\":\"put\",\"key\":\"a\",\"data\":null}");
    }

    @Test
    void anAnswerMaySayMoreThanIsKnown() throws JsonProcessingException {
        Stored stored = read("{\"uuid\":\"" + VERSION + "\",\"new\":{\"x\":[1]},\"timestamp\":7}", Stored.class);
        assertThat(stored).isEqualTo(new Stored(VERSION, 7));
    }

    @Test
    void aRequestMayNot() {
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> read("{\"operations\":[],\"atomic\":false}", BatchRequest.class))
                .withMessageContaining("atomic");
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(
                        () -> read("{\"operations\":[{\"op\":\"put\",\"key\":\"a\",\"value\":1}]}", BatchRequest.class))
                .withMessageContaining("value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{}",
                "{\"uuid\":null,\"timestamp\":7}",
                "{\"uuid\":\"x\",\"timestamp\":7}",
                "{\"uuid\":\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\",\"timestamp\":\"7\"}",
                "{\"uuid\":\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\",\"timestamp\":7.5}",
                "{\"uuid\":\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\",\"timestamp\":null}",
                "{\"uuid\":\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\"}",
                "{\"uuid\":\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\",\"timestamp\":7,\"timestamp\":8}",
                "{\"uuid\":\"01981c2e-7a4b-7c3d-9e5f-0a1b2c3d4e5f\",\"timestamp\":7} x",
            })
    void whatIsNotTheMessageIsRefused(String json) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(json, Stored.class));
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] message = "{\"path\":\"x\",\"children\":[],\"truncated\":false}".getBytes(StandardCharsets.UTF_8);
        message[9] = (byte) 0xFF;
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> WireJson.read(message, Children.class));
    }

    @Test
    void bottomlessNestingIsRefused() {
        String deep = "[".repeat(100_000);
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(deep, Stored.class));
    }

    @Test
    void theDeepestDocumentFitsIntoABatch() throws JsonProcessingException {
        String data = "[".repeat(100) + "]".repeat(100);
        BatchRequest batch = new BatchRequest(List.of(BatchOperation.put("a", data)));
        assertThat(read(written(batch), BatchRequest.class)).isEqualTo(batch);
    }

    @Test
    void everyRecordComesBackAsItWasWritten() throws JsonProcessingException {
        Child child = new Child("ada", 7L, true, new Child.Metadata(VERSION, 14, "node-1", 9L));
        TreeNode leaf = new TreeNode("email", 7L, List.of());
        List<Record> messages = List.of(
                Problem.of(ErrorCode.NOT_FOUND, "detail", "request"),
                new History("a", List.of(new Revision(VERSION, 7, "node-1", "live", false, true, 14L, null))),
                new RestoreRequest(VERSION),
                new Children("users", List.of(child, new Child("bob", null, true, null)), null, 10_000, true, "bob"),
                new NestedTree("", List.of(new TreeNode("ada", null, List.of(leaf))), false),
                new FlatTree("users", List.of(new FlatTree.Entry("users/ada", null, true)), true),
                new RangePage(List.of(new RangePage.Entry("a", VERSION, 7, 9L, new RawJson("1.0"))), true, "a"),
                new BatchResult(List.of(new BatchResult.Outcome("put", "a", VERSION, 7, true))),
                new HealthReport(
                        "ok",
                        "normal",
                        1,
                        "node-1",
                        "1.0.0",
                        List.of(new HealthReport.CheckResult("storage", "ok", null))));
        for (Record message : messages) {
            assertThat(read(written(message), message.getClass())).isEqualTo(message);
        }
    }

    @Test
    void membersAreCalledAsTheContractSays() {
        assertThat(written(new Children("users", List.of(), 0, null, false, null)))
                .isEqualTo("{\"path\":\"users\",\"children\":[],\"total\":0,\"truncated\":false}");
        assertThat(written(new Revision(VERSION, 7, "n", "live", true, false, 2L, 9L)))
                .isEqualTo("{\"uuid\":\"" + VERSION + "\",\"timestamp\":7,\"origin\":\"n\",\"kind\":\"live\","
                        + "\"lost_conflict\":true,\"current\":false,\"size\":2,\"expires_at\":9}");
        assertThat(written(new HealthReport("ok", "normal", 2, "n", "1", List.of())))
                .isEqualTo("{\"status\":\"ok\",\"mode\":\"normal\",\"member_count\":2,\"node_id\":\"n\","
                        + "\"version\":\"1\",\"checks\":[]}");
        assertThat(written(BatchOperation.put("a", "1").ifAbsent()))
                .isEqualTo("{\"op\":\"put\",\"key\":\"a\",\"data\":1,\"if_none_match\":\"*\"}");
    }
}
