package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revisions, listings, ranges, batches and the node's own routes, with good input. */
class RoutesTest {
    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open();
    }

    @AfterEach
    void close() {
        door.close();
    }

    private String put(String key, String json) {
        return door.put("/kv/" + key, json).json().get("uuid").asText();
    }

    @Test
    void theHistoryTellsEveryRevision() {
        String first = put("a", "1");
        String second = put("a", "22");
        door.send("DELETE", "/kv/a", "");
        JsonNode history = door.get("/kv/a/_history").json();
        assertThat(history.get("key").asText()).isEqualTo("a");
        JsonNode revisions = history.get("revisions");
        assertThat(revisions).hasSize(3);
        assertThat(revisions.get(0).get("kind").asText()).isEqualTo("tombstone");
        assertThat(revisions.get(0).get("current").asBoolean()).isTrue();
        assertThat(revisions.get(0).has("size")).isFalse();
        assertThat(revisions.get(1).get("uuid").asText()).isEqualTo(second);
        assertThat(revisions.get(1).get("size").asInt()).isEqualTo(2);
        assertThat(revisions.get(2).get("uuid").asText()).isEqualTo(first);
        assertThat(revisions.get(2).get("origin").asText()).isEqualTo("node-1");
        assertThat(door.get("/kv/b/_history").outcome()).isEqualTo("404 not_found");
    }

    @Test
    void anOldRevisionIsReadAndRestored() {
        String first = put("a", "1");
        String second = put("a", "2");
        assertThat(door.get("/kv/a?raw&revision=" + first).text()).isEqualTo("1");
        assertThat(door.get("/kv/a?revision=" + first).header("ETag")).isEqualTo('"' + first + '"');
        Answer restored = door.send("POST", "/kv/a/_restore", "{\"revision\":\"" + first + "\"}");
        assertThat(restored.status()).isEqualTo(200);
        assertThat(restored.json().get("uuid").asText()).isNotIn(first, second);
        assertThat(door.get("/kv/a?raw").text()).isEqualTo("1");
        UUID unknown = UUID.randomUUID();
        assertThat(door.get("/kv/a?revision=" + unknown).outcome()).isEqualTo("404 revision_not_found");
        assertThat(door.get("/kv/a?revision=nonsense").outcome()).isEqualTo("400 invalid_parameter");
        assertThat(door.send("POST", "/kv/a/_restore", "{\"revision\":\"" + unknown + "\"}")
                        .outcome())
                .isEqualTo("404 revision_not_found");
        door.send("DELETE", "/kv/a", "");
        String tombstone = door.get("/kv/a/_history")
                .json()
                .get("revisions")
                .get(0)
                .get("uuid")
                .asText();
        assertThat(door.get("/kv/a?revision=" + tombstone).outcome()).isEqualTo("404 revision_not_found");
    }

    @Test
    void aValueIsReadAsOfAMoment() {
        long timestamp = door.put("/kv/a", "1").json().get("timestamp").asLong();
        Answer then = door.get("/kv/a?raw&at=" + timestamp);
        assertThat(then.text()).isEqualTo("1");
        assertThat(then.header("KVS-Complete")).isEqualTo("true");
        Answer before = door.get("/kv/a?at=2001-01-01T00:00:00Z");
        assertThat(before.outcome()).isEqualTo("404 not_found");
        assertThat(before.header("KVS-Complete")).isEqualTo("true");
        assertThat(door.get("/kv/a?at=2001-01-01T00:00:00%2B02:00").outcome()).isEqualTo("404 not_found");
        assertThat(door.get("/kv/a?at=yesterday").outcome()).isEqualTo("400 invalid_parameter");
        assertThat(door.get("/kv/a?at=1&revision=" + UUID.randomUUID()).outcome())
                .isEqualTo("400 invalid_parameter");
    }

    @Test
    void aListingPagesThroughDirectChildren() {
        for (String key : new String[] {"u/a", "u/b", "u/b/x", "u/c/y/z", "v"}) {
            put(key, "{}");
        }
        JsonNode root = door.get("/kv/_ls").json();
        assertThat(names(root)).containsExactly("u", "v");
        assertThat(root.get("path").asText()).isEmpty();
        JsonNode page = door.get("/kv/u/_ls?limit=2").json();
        assertThat(names(page)).containsExactly("a", "b");
        assertThat(page.get("total").asInt()).isEqualTo(3);
        assertThat(page.get("truncated").asBoolean()).isTrue();
        assertThat(page.get("children").get(1).get("directory").asBoolean()).isTrue();
        JsonNode rest =
                door.get("/kv/u/_ls?limit=2&after=" + page.get("next").asText()).json();
        assertThat(names(rest)).containsExactly("c");
        assertThat(rest.get("children").get(0).has("timestamp")).isFalse();
        assertThat(rest.get("truncated").asBoolean()).isFalse();
        JsonNode metadata = door.get("/kv/u/_ls?include_metadata=true")
                .json()
                .get("children")
                .get(0);
        assertThat(metadata.get("metadata").get("size").asInt()).isEqualTo(2);
    }

    private static List<String> names(JsonNode listing) {
        List<String> names = new ArrayList<>();
        listing.get("children").forEach(child -> names.add(child.get("subkey").asText()));
        return names;
    }

    @Test
    void aTreeIsFlatOrNested() {
        for (String key : new String[] {"u/a", "u/b/x", "u/b"}) {
            put(key, "{}");
        }
        JsonNode flat = door.get("/kv/u/_tree").json();
        assertThat(flat.get("entries")).hasSize(3);
        assertThat(flat.get("entries").get(2).get("key").asText()).isEqualTo("u/b/x");
        JsonNode nested = door.get("/kv/_tree?format=nested").json();
        assertThat(nested.get("children")
                        .get(0)
                        .get("children")
                        .get(1)
                        .get("children")
                        .get(0)
                        .get("subkey")
                        .asText())
                .isEqualTo("x");
        assertThat(door.get("/kv/_tree?depth=1").json().get("truncated").asBoolean())
                .isTrue();
        assertThat(door.get("/kv/_tree?limit=1").json().get("truncated").asBoolean())
                .isTrue();
        assertThat(door.get("/kv/_tree?format=xml").outcome()).isEqualTo("400 invalid_parameter");
    }

    @Test
    void aRangeIsHalfOpenInByteOrder() {
        for (String key : new String[] {"a", "b", "b/1", "b/2", "c", "%C3%A4"}) {
            put(key, "\"" + key + "\"");
        }
        assertThat(keys("?start_key=b&end_key=c")).containsExactly("b", "b/1", "b/2");
        assertThat(keys("?start_key=b/&end_key=b0")).containsExactly("b/1", "b/2");
        assertThat(keys("?reverse=true&limit=2")).containsExactly("ä", "c");
        assertThat(keys("?reverse=true&after=c")).containsExactly("b/2", "b/1", "b", "a");
        JsonNode page = door.get("/kv/_range?limit=1&keys_only").json();
        assertThat(page.get("next").asText()).isEqualTo("a");
        assertThat(page.get("entries").get(0).has("data")).isFalse();
        assertThat(keys("?after=c")).containsExactly("ä");
        assertThat(door.get("/kv/_range?start_key=b&limit=1")
                        .json()
                        .get("entries")
                        .get(0)
                        .get("data")
                        .asText())
                .isEqualTo("b");
    }

    private List<String> keys(String query) {
        List<String> keys = new ArrayList<>();
        door.get("/kv/_range" + query)
                .json()
                .get("entries")
                .forEach(entry -> keys.add(entry.get("key").asText()));
        return keys;
    }

    @Test
    void aBatchIsAllOrNothing() {
        put("old", "0");
        Answer done = door.send("POST", "/kv/_batch", """
            {"operations":[{"op":"put","key":"a","data": {"n":1.0} ,"ttl":"1h","if_none_match":"*"},
             {"op":"put","key":"n","data":null},{"op":"delete","key":"old","if_match":"*"}]}\
            """);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.json().get("results")).hasSize(3);
        assertThat(done.json().get("results").get(0).get("created").asBoolean()).isTrue();
        assertThat(done.header("KVS-Condition-Scope")).isEqualTo("node");
        assertThat(door.get("/kv/a?raw").text()).isEqualTo("{\"n\":1.0}");
        assertThat(door.get("/kv/a").header("KVS-Expires-At")).isNotEmpty();
        assertThat(door.get("/kv/n?raw").text()).isEqualTo("null");
        assertThat(door.get("/kv/old").outcome()).isEqualTo("404 not_found");
        String before = door.contents();
        for (String operation : new String[] {
            "{\"op\":\"put\",\"key\":\"a\",\"data\":1,\"if_none_match\":\"*\"}",
            "{\"op\":\"put\",\"key\":\"a\"}",
            "{\"op\":\"put\",\"key\":\"a/_x\",\"data\":1}",
            "{\"op\":\"put\",\"key\":7,\"data\":1}",
            "{\"op\":\"put\",\"data\":1}",
            "{\"op\":\"get\",\"key\":\"a\"}",
            "{\"op\":\"delete\",\"key\":\"a\",\"data\":1}",
            "{\"op\":\"put\",\"key\":\"a\",\"data\":1,\"ttl\":\"soon\"}",
            "{\"op\":\"put\",\"key\":\"a\",\"data\":1,\"if_match\":\"x\"}",
            "{\"op\":\"put\",\"key\":\"a\",\"data\":1,\"colour\":\"red\"}",
            "{\"op\":\"put\",\"key\":\"a\",\"data\":" + "[".repeat(101) + "]".repeat(101) + "}",
            "{\"op\":\"put\",\"key\":\"a\",\"data\":\"" + "x".repeat(Door.MAX_JSON_BYTES) + "\"}"
        }) {
            Answer refused = door.send(
                    "POST",
                    "/kv/_batch",
                    "{\"operations\":[{\"op\":\"put\",\"key\":\"b\",\"data\":1}," + operation + "]}");
            assertThat(refused.status()).as("%s: %s", operation, refused.text()).isBetween(400, 499);
        }
        assertThat(door.contents()).isEqualTo(before);
    }

    @Test
    void aBatchHasOneToTenOperations() {
        String put = "{\"op\":\"put\",\"key\":\"a\",\"data\":1},";
        assertThat(batch(put.repeat(10)).status()).isEqualTo(200);
        assertThat(batch(put.repeat(11)).outcome()).isEqualTo("400 invalid_request");
        assertThat(batch(put.repeat(300)).outcome()).isEqualTo("400 invalid_request");
        assertThat(batch(",").outcome()).isEqualTo("400 invalid_request");
    }

    private Answer batch(String operations) {
        String list = operations.substring(0, operations.length() - 1);
        return door.send("POST", "/kv/_batch", "{\"operations\":[" + list + "]}");
    }

    @Test
    void healthTellsReadinessAndDraining() {
        assertThat(door.get("/health").status()).isEqualTo(200);
        JsonNode health = door.get("/health").json();
        assertThat(health.get("status").asText()).isEqualTo("ok");
        assertThat(health.get("member_count").asInt()).isEqualTo(1);
        assertThat(health.get("node_id").asText()).isEqualTo("node-1");
        assertThat(health.get("checks").get(0).get("name").asText()).isEqualTo("storage");
        door.up = false;
        Answer down = door.get("/health");
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.json().get("checks").get(0).get("detail").asText()).isEqualTo("the disk is full");
        assertThat(door.get("/health/live").status()).isEqualTo(200);
        assertThat(door.get("/health/ready").status()).isEqualTo(503);
        door.up = true;
        door.door.drain();
        assertThat(door.get("/health/live").status()).isEqualTo(200);
        assertThat(door.get("/health/ready").status()).isEqualTo(503);
        assertThat(door.put("/kv/a", "1").outcome()).isEqualTo("503 shutting_down");
        assertThat(door.get("/kv/a").outcome()).isEqualTo("404 not_found");
    }

    @Test
    void metricsAreInThePrometheusForm() {
        door.meters.counter("kvs_wal_batches_total", "Batches written.", () -> 42);
        door.meters.gauge("kvs_memtable_bytes", "Bytes in the memtable.", () -> 7.5);
        door.get("/kv/a");
        Answer metrics = door.get("/metrics");
        assertThat(metrics.header("Content-Type")).startsWith("text/plain");
        assertThat(metrics.text())
                .contains("kvs_wal_batches_total 42\n")
                .contains("kvs_memtable_bytes 7.5\n")
                .contains("# HELP kvs_wal_batches_total Batches written.")
                .containsPattern(
                        "kvs_http_requests_seconds_count\\{method=\"GET\",route=\"/kv/\\{key\\}\",status=\"4xx\"\\} 1")
                .contains("jvm_memory_heap_used_bytes ");
    }

    @Test
    void theConfigurationIsShown() {
        assertThat(door.get("/admin/config").text()).isEqualTo("{\"port\":8080}");
        assertThat(door.send("POST", "/admin/mode", "{\"mode\":\"fast\"}").outcome())
                .isEqualTo("400 invalid_request");
        assertThat(door.send("POST", "/admin/mode", "{\"mode\":\"syncing\"}").outcome())
                .isEqualTo("400 invalid_request");
        assertThat(door.send("POST", "/admin/mode", "{}").outcome()).isEqualTo("400 invalid_request");
    }
}
