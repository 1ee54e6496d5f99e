package dev.kvs.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvs.model.Acl;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Time;
import dev.kvs.replication.Condition;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.Reader;
import dev.kvs.replication.WriteOptions;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The whole of a node's data in a map: every rule of the two interfaces the door speaks to, none of the durability. One
 * lock around everything.
 */
final class InMemoryKeySpace implements Coordinator, Reader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Time time;
    private final Origin origin = new Origin(new StoreId(new UUID(1, 1)), new NodeId("node-1"), 0);
    private final NavigableMap<Key, List<Version>> versions = new TreeMap<>();
    private final Map<String, Repeat> repeats = new HashMap<>();
    private long sequence;
    private long hlc;

    private record Repeat(String fingerprint, List<Written> outcome) {}

    InMemoryKeySpace(Time time) {
        this.time = time;
    }

    /** How many writes there were. */
    synchronized long writes() {
        return sequence;
    }

    @Override
    public synchronized Written put(Key key, byte[] json, Expiry expiry, WriteOptions options) {
        return once(options, () -> {
                    check(key, options.conditions());
                    return List.of(append(key, Kind.LIVE, json, expiresAt(expiry)));
                })
                .getFirst();
    }

    @Override
    public synchronized Written patch(Key key, PatchFormat format, byte[] patch, WriteOptions options) {
        return once(options, () -> {
                    Version current =
                            get(key).orElseThrow(() -> new KvsException(ErrorCode.NOT_FOUND, "nothing to patch"));
                    check(key, options.conditions());
                    return List.of(append(key, Kind.LIVE, merged(current, format, patch), current.expiresAt()));
                })
                .getFirst();
    }

    private static byte[] merged(Version current, PatchFormat format, byte[] patch) {
        try {
            JsonNode change = JSON.readTree(patch);
            if (format == PatchFormat.JSON_PATCH && !change.isArray()) {
                throw new KvsException(ErrorCode.INVALID_PATCH, "a JSON patch is an array");
            }
            JsonNode document = JSON.readTree(current.body());
            if (format == PatchFormat.MERGE_PATCH && document instanceof ObjectNode object && change.isObject()) {
                change.properties().forEach(member -> object.set(member.getKey(), member.getValue()));
            }
            return JSON.writeValueAsBytes(document);
        } catch (IOException broken) {
            throw new KvsException(ErrorCode.INVALID_PATCH, broken.getMessage());
        }
    }

    @Override
    public synchronized Written delete(Key key, WriteOptions options) {
        return once(options, () -> {
                    check(key, options.conditions());
                    return List.of(append(key, Kind.TOMBSTONE, new byte[0], Version.NEVER));
                })
                .getFirst();
    }

    @Override
    public synchronized Written restore(Key key, UUID revision, WriteOptions options) {
        return once(options, () -> {
                    Version old = revision(key, revision)
                            .filter(found -> found.kind() == Kind.LIVE)
                            .orElseThrow(() -> new KvsException(ErrorCode.REVISION_NOT_FOUND, "no such revision"));
                    check(key, options.conditions());
                    return List.of(append(key, Kind.LIVE, old.body(), old.expiresAt()));
                })
                .getFirst();
    }

    @Override
    public synchronized List<Written> batch(List<Operation> operations, WriteOptions options) {
        return once(options, () -> {
            operations.forEach(operation -> check(operation.key(), operation.conditions()));
            List<Written> written = new ArrayList<>();
            for (Operation operation : operations) {
                written.add(
                        switch (operation) {
                            case Operation.Put put -> append(put.key(), Kind.LIVE, put.json(), expiresAt(put.expiry()));
                            case Operation.Delete delete ->
                                append(delete.key(), Kind.TOMBSTONE, new byte[0], Version.NEVER);
                        });
            }
            return written;
        });
    }

    private List<Written> once(WriteOptions options, java.util.function.Supplier<List<Written>> write) {
        WriteOptions.Idempotency asked = options.idempotency();
        if (asked == null) {
            return acknowledged(write.get(), options);
        }
        Repeat before = repeats.get(asked.key());
        if (before == null) {
            before = new Repeat(asked.fingerprint(), write.get());
            repeats.put(asked.key(), before);
        } else if (!before.fingerprint().equals(asked.fingerprint())) {
            throw new KvsException(ErrorCode.IDEMPOTENCY_MISMATCH, "this key was used for another request");
        }
        return acknowledged(before.outcome(), options);
    }

    private static List<Written> acknowledged(List<Written> written, WriteOptions options) {
        if (options.acks() > 1) {
            throw new KvsException(ErrorCode.OUTCOME_UNKNOWN, "1 of " + options.acks() + " nodes hold it");
        }
        return written;
    }

    private void check(Key key, List<Condition> conditions) {
        Version current = get(key).orElse(null);
        if (!conditions.stream().allMatch(condition -> condition.holds(current))) {
            throw new KvsException(ErrorCode.PRECONDITION_FAILED, "the condition on " + key + " does not hold");
        }
    }

    private long expiresAt(Expiry expiry) {
        return switch (expiry) {
            case Expiry.Default _, Expiry.Never _ -> Version.NEVER;
            case Expiry.After after -> time.epochMillis() + after.millis();
        };
    }

    private Written append(Key key, Kind kind, byte[] body, long expiresAt) {
        boolean created = get(key).isEmpty() && kind == Kind.LIVE;
        hlc = Hlc.next(hlc, time.epochMillis());
        UUID uuid = Uuids.version7(Hlc.millis(hlc), ++sequence, sequence);
        VersionVector vector = VersionVector.EMPTY.with(new dev.kvs.model.Dot(origin.store(), sequence));
        Version version =
                new Version.Draft(key, uuid, hlc, origin, sequence, vector, expiresAt, kind, Acl.UNOWNED).seal(body);
        versions.computeIfAbsent(key, _ -> new ArrayList<>()).addFirst(version);
        return new Written(version, created, 1);
    }

    @Override
    public synchronized Optional<Version> get(Key key) {
        return Optional.ofNullable(versions.get(key)).map(List::getFirst).filter(this::isVisible);
    }

    private boolean isVisible(Version version) {
        return version.isLiveAt(time.epochMillis());
    }

    @Override
    public synchronized Optional<Version> revision(Key key, UUID uuid) {
        return versions.getOrDefault(key, List.of()).stream()
                .filter(version -> version.uuid().equals(uuid))
                .findFirst();
    }

    @Override
    public synchronized AsOf asOf(Key key, long millis) {
        Optional<Version> then = versions.getOrDefault(key, List.of()).stream()
                .filter(version -> version.hlc() <= Hlc.lastOfMillis(millis))
                .findFirst()
                .filter(version -> version.isLiveAt(millis));
        return new AsOf(then, true);
    }

    @Override
    public synchronized List<Revision> history(Key key) {
        return versions.getOrDefault(key, List.of()).stream()
                .map(version -> new Revision(version, false))
                .toList();
    }

    @Override
    public synchronized Page range(RangeQuery query) {
        NavigableMap<Key, List<Version>> scan = versions;
        if (query.start() != null) {
            scan = scan.tailMap(query.start(), true);
        }
        if (query.end() != null) {
            scan = scan.headMap(query.end(), false);
        }
        if (query.reverse()) {
            scan = scan.descendingMap();
        }
        List<Version> found = new ArrayList<>();
        for (Map.Entry<Key, List<Version>> entry : scan.entrySet()) {
            Version version = entry.getValue().getFirst();
            int order = query.after() == null ? 1 : entry.getKey().compareTo(query.after());
            if (!isVisible(version) || (query.reverse() && query.after() != null ? order >= 0 : order <= 0)) {
                continue;
            }
            if (found.size() == query.limit()) {
                return new Page(found, found.getLast().key());
            }
            found.add(version);
        }
        return new Page(found, null);
    }

    @Override
    public synchronized Children children(Key prefix, String after, int limit) {
        String below = prefix == null ? "" : prefix + "/";
        Map<String, Child> all = new TreeMap<>(InMemoryKeySpace::compareBytes);
        for (Map.Entry<Key, List<Version>> entry : versions.entrySet()) {
            String key = entry.getKey().toString();
            if (key.startsWith(below) && isVisible(entry.getValue().getFirst())) {
                String rest = key.substring(below.length());
                int slash = rest.indexOf('/');
                String name = slash < 0 ? rest : rest.substring(0, slash);
                Version version = slash < 0 ? entry.getValue().getFirst() : null;
                all.merge(name, new Child(name, version, slash >= 0), InMemoryKeySpace::both);
            }
        }
        List<Child> page = all.values().stream()
                .filter(child -> after == null || compareBytes(child.name(), after) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = page.size() > limit;
        List<Child> entries = more ? page.subList(0, limit) : page;
        return new Children(entries, all.size(), true, more ? entries.getLast().name() : null);
    }

    private static Child both(Child a, Child b) {
        return new Child(a.name(), a.version() == null ? b.version() : a.version(), a.directory() || b.directory());
    }

    private static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(
                a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                b.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public synchronized Tree tree(Key prefix, int depth, int limit) {
        int[] left = {limit};
        boolean[] truncated = {false};
        return new Tree(nodes(prefix, depth, left, truncated), truncated[0]);
    }

    private List<TreeNode> nodes(Key prefix, int depth, int[] left, boolean[] truncated) {
        List<TreeNode> nodes = new ArrayList<>();
        for (Child child : children(prefix, null, Integer.MAX_VALUE - 1).entries()) {
            if (left[0]-- <= 0) {
                truncated[0] = true;
                return nodes;
            }
            Key below = Key.of(prefix == null ? child.name() : prefix + "/" + child.name());
            boolean cut = child.directory() && depth == 1;
            truncated[0] |= cut;
            nodes.add(new TreeNode(
                    child.name(),
                    child.version(),
                    child.directory() && !cut ? nodes(below, depth - 1, left, truncated) : List.of()));
        }
        return nodes;
    }

    /** Everything that is visible, for "nothing has changed". */
    synchronized String contents() {
        TreeSet<String> lines = new TreeSet<>();
        versions.forEach((key, kept) ->
                lines.add(key + " " + kept.size() + " " + kept.getFirst().uuid()));
        return String.join("\n", lines);
    }
}
