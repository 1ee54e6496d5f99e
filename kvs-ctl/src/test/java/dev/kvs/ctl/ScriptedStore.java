package dev.kvs.ctl;

import com.sun.net.httpserver.Headers;
import dev.kvs.ctl.ScriptedNode.Reply;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.BatchRequest;
import dev.kvs.wire.BatchResult;
import dev.kvs.wire.Child;
import dev.kvs.wire.Children;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.History;
import dev.kvs.wire.RangePage;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.Revision;
import dev.kvs.wire.Stored;
import dev.kvs.wire.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Keys and their revisions, in memory, with the answers a node gives about them. */
final class ScriptedStore {
    static final long FIRST_TIMESTAMP = 1_790_000_000_000L;

    /** One version; no body for a delete. */
    record Version(UUID uuid, long timestamp, byte[] body) {}

    private final TreeMap<String, List<Version>> keys = new TreeMap<>();
    private long written;

    synchronized Reply put(String key, byte[] body, Map<String, String> query, Headers headers) {
        Optional<Version> current = current(key);
        if (!query.containsKey("raw")) {
            return ScriptedNode.refused(ErrorCode.INVALID_REQUEST, "the command line must send ?raw");
        }
        if (!conditionHolds(current, headers)) {
            return ScriptedNode.refused(ErrorCode.PRECONDITION_FAILED, "another version is current");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.startsWith("not json")) {
            return ScriptedNode.refused(ErrorCode.INVALID_JSON, "at byte 0");
        }
        return stored(current.isPresent() ? 200 : 201, append(key, body));
    }

    private boolean conditionHolds(Optional<Version> current, Headers headers) {
        String match = headers.getFirst("If-Match");
        boolean absent = "*".equals(headers.getFirst("If-None-Match"));
        return (match == null
                        || current.map(version ->
                                        match.equals('"' + version.uuid().toString() + '"'))
                                .orElse(false))
                && !(absent && current.isPresent());
    }

    private static Reply stored(int status, Version version) {
        byte[] body = WireJson.write(new Stored(version.uuid(), version.timestamp()));
        return new Reply(status, Map.of(), body)
                .with("ETag", '"' + version.uuid().toString() + '"')
                .with("KVS-Acks", "1");
    }

    private Version append(String key, byte[] body) {
        Version version = new Version(new UUID(0x0192_0000_0000_7000L, ++written), FIRST_TIMESTAMP + written, body);
        keys.computeIfAbsent(key, any -> new ArrayList<>()).addFirst(version);
        return version;
    }

    synchronized Reply get(String key, Map<String, String> query) {
        String revision = query.get("revision");
        String at = query.get("at");
        Optional<Version> found = keys.getOrDefault(key, List.of()).stream()
                .filter(version -> revision == null || version.uuid().toString().equals(revision))
                .filter(version -> at == null || version.timestamp() <= Long.parseLong(at))
                .findFirst()
                .filter(version -> version.body().length > 0);
        if (found.isEmpty()) {
            return ScriptedNode.refused(
                    revision == null ? ErrorCode.NOT_FOUND : ErrorCode.REVISION_NOT_FOUND, key + " is not here");
        }
        Reply reply = new Reply(200, Map.of(), found.get().body())
                .with("ETag", '"' + found.get().uuid().toString() + ".raw\"")
                .with("KVS-Timestamp", Long.toString(found.get().timestamp()));
        return at == null ? reply : reply.with("KVS-Complete", "false");
    }

    synchronized Reply delete(String key, Headers headers) {
        if (!conditionHolds(current(key), headers)) {
            return ScriptedNode.refused(ErrorCode.PRECONDITION_FAILED, "another version is current");
        }
        append(key, new byte[0]);
        return new Reply(204, Map.of("KVS-Acks", "1"), new byte[0]);
    }

    /** Puts and deletes with their conditions, all or none. */
    synchronized Reply batch(byte[] body) {
        try {
            List<BatchOperation> operations =
                    WireJson.read(body, BatchRequest.class).operations();
            for (BatchOperation one : operations) {
                Optional<Version> current = current(one.key());
                boolean stale = one.ifMatch() != null
                        && !current.map(v -> v.uuid().toString().equals(one.ifMatch()))
                                .orElse(false);
                if (stale || (one.ifNoneMatch() != null && current.isPresent())) {
                    return ScriptedNode.refused(ErrorCode.PRECONDITION_FAILED, one.key());
                }
            }
            List<BatchResult.Outcome> outcomes = new ArrayList<>();
            for (BatchOperation one : operations) {
                Version version = append(
                        one.key(), one.data() == null ? new byte[0] : one.data().utf8());
                outcomes.add(new BatchResult.Outcome(one.op(), one.key(), version.uuid(), version.timestamp(), true));
            }
            return new Reply(200, Map.of(), WireJson.write(new BatchResult(outcomes)));
        } catch (IOException notABatch) {
            throw new UncheckedIOException(notABatch);
        }
    }

    synchronized Reply history(String key) {
        if (!keys.containsKey(key)) {
            return ScriptedNode.refused(ErrorCode.NOT_FOUND, key);
        }
        List<Revision> revisions = new ArrayList<>();
        for (Version version : keys.get(key)) {
            boolean live = version.body().length > 0;
            revisions.add(new Revision(
                    version.uuid(),
                    version.timestamp(),
                    "node-1",
                    live ? "live" : Revision.TOMBSTONE,
                    false,
                    revisions.isEmpty(),
                    live ? (long) version.body().length : null,
                    null));
        }
        return new Reply(200, Map.of(), WireJson.write(new History(key, revisions)));
    }

    synchronized Reply restore(String key, String request) {
        return keys.getOrDefault(key, List.of()).stream()
                .filter(version -> request.contains(version.uuid().toString()))
                .findFirst()
                .map(version -> stored(200, append(key, version.body())))
                .orElseGet(() -> ScriptedNode.refused(ErrorCode.REVISION_NOT_FOUND, request));
    }

    synchronized Reply children(String prefix, Map<String, String> query) {
        if (query.getOrDefault("after", "").contains("/")) {
            return ScriptedNode.refused(ErrorCode.INVALID_PARAMETER, prefix);
        }
        String below = prefix.isEmpty() ? "" : prefix + "/";
        TreeSet<String> names = new TreeSet<>();
        liveKeys().stream()
                .filter(key -> key.startsWith(below))
                .map(key -> key.substring(below.length()).split("/")[0])
                .filter(name -> name.compareTo(query.getOrDefault("after", "")) > 0)
                .forEach(names::add);
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        boolean metadata = "true".equals(query.get("include_metadata"));
        List<Child> page = names.stream()
                .limit(limit)
                .map(name -> child(below, name, metadata))
                .toList();
        boolean more = names.size() > limit;
        String next = more ? page.getLast().subkey() : null;
        return new Reply(200, Map.of(), WireJson.write(new Children(prefix, page, names.size(), null, more, next)));
    }

    private Child child(String below, String name, boolean metadata) {
        Optional<Version> version = current(below + name);
        boolean directory = keys.subMap(below + name + "/", below + name + "0").keySet().stream()
                .anyMatch(key -> current(key).isPresent());
        return new Child(
                name,
                version.map(Version::timestamp).orElse(null),
                directory,
                version.filter(any -> metadata)
                        .map(v -> new Child.Metadata(v.uuid(), v.body().length, "node-1", null))
                        .orElse(null));
    }

    synchronized Reply range(Map<String, String> query) {
        List<RangePage.Entry> all = liveKeys().stream()
                .filter(key -> key.compareTo(query.getOrDefault("start_key", "")) >= 0)
                .filter(key -> !query.containsKey("end_key") || key.compareTo(query.get("end_key")) < 0)
                .filter(key -> key.compareTo(query.getOrDefault("after", "")) > 0)
                .map(key -> new RangePage.Entry(
                        key,
                        current(key).orElseThrow().uuid(),
                        current(key).orElseThrow().timestamp(),
                        null,
                        query.containsKey("keys_only")
                                ? null
                                : RawJson.ofUtf8(current(key).orElseThrow().body())))
                .toList();
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        boolean more = all.size() > limit;
        List<RangePage.Entry> page = all.subList(0, Math.min(limit, all.size()));
        return new Reply(
                200,
                Map.of(),
                WireJson.write(new RangePage(page, more, more ? page.getLast().key() : null)));
    }

    private Optional<Version> current(String key) {
        return keys.getOrDefault(key, List.of()).stream().findFirst().filter(version -> version.body().length > 0);
    }

    /** Every key under which something is stored. */
    synchronized List<String> liveKeys() {
        return keys.keySet().stream().filter(key -> current(key).isPresent()).toList();
    }

    /** Stores a document as if somebody else had. */
    synchronized UUID seed(String key, String json) {
        return append(key, json.getBytes(StandardCharsets.UTF_8)).uuid();
    }

    /** What is stored under a key, as text. */
    synchronized String text(String key) {
        return new String(current(key).orElseThrow().body(), StandardCharsets.UTF_8);
    }
}
