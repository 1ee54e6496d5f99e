package dev.kvs.http;

import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.replication.Condition;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.Coordinator.Written;
import dev.kvs.replication.Expiry;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.BatchRequest;
import dev.kvs.wire.BatchResult;
import dev.kvs.wire.Durations;
import dev.kvs.wire.EntityTag;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /kv/_batch}: several writes, all or nothing. */
final class BatchRoute {
    private final Coordinator coordinator;
    private final StrictJson documents = new StrictJson(StrictJson.DEPTH_MAX);
    private final int maxJsonBytes;
    private final int maxOperations;

    BatchRoute(Coordinator coordinator, DoorSettings settings) {
        this.coordinator = coordinator;
        this.maxJsonBytes = settings.maxJsonBytes();
        this.maxOperations = settings.maxBatchOperations();
    }

    List<Route> routes() {
        return List.of(new Route(
                "POST",
                "/kv/" + Operation.BATCH.segment(),
                Set.of(Parameters.ACKS),
                List.of(MediaTypes.JSON),
                Access.WRITE,
                this::batch));
    }

    private void batch(Exchange exchange) {
        if (!Conditions.ofWrite(exchange.headers()).isEmpty()) {
            throw new KvsException(
                    ErrorCode.INVALID_HEADER,
                    "A batch's conditions stand with its operations: use if_match, if_none_match.");
        }
        List<BatchOperation> asked = exchange.largeMessage(BatchRequest.class).operations();
        if (asked.isEmpty() || asked.size() > maxOperations) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST,
                    "A batch has 1 to " + maxOperations + " operations, not " + asked.size() + ".");
        }
        List<Coordinator.Operation> operations = new ArrayList<>(asked.size());
        boolean conditional = false;
        for (BatchOperation operation : asked) {
            Coordinator.Operation checked = checked(operation, operations.size());
            conditional |= !checked.conditions().isEmpty();
            operations.add(checked);
        }
        List<Written> written = coordinator.batch(operations, WriteRequests.options(exchange, List.of()));
        int acks = written.stream().mapToInt(Written::acks).min().orElse(1);
        Answers.batchHeaders(exchange, acks, conditional);
        Answers.message(exchange, Status.OK_200, WireJson.write(result(asked, written)));
    }

    private static BatchResult result(List<BatchOperation> asked, List<Written> written) {
        List<BatchResult.Outcome> outcomes = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            Written one = written.get(i);
            boolean put = asked.get(i).op().equals(BatchOperation.PUT);
            outcomes.add(new BatchResult.Outcome(
                    asked.get(i).op(),
                    one.version().key().toString(),
                    one.version().uuid(),
                    Hlc.millis(one.version().hlc()),
                    put && one.created()));
        }
        return new BatchResult(outcomes);
    }

    private Coordinator.Operation checked(BatchOperation operation, int index) {
        Key key;
        try {
            key = Key.of(operation.key());
        } catch (KvsException refusal) {
            throw new KvsException(refusal.code(), "In operation " + index + ": " + refusal.detail());
        }
        List<Condition> conditions = conditions(operation, index);
        RawJson data = operation.data();
        return switch (operation.op()) {
            case BatchOperation.PUT ->
                new Coordinator.Operation.Put(key, document(data, index), expiry(operation.ttl(), index), conditions);
            case BatchOperation.DELETE -> {
                if (data != null || operation.ttl() != null) {
                    throw refused(index, "a delete takes neither data nor ttl");
                }
                yield new Coordinator.Operation.Delete(key, conditions);
            }
            default -> throw refused(index, "op is put or delete, not " + Quoted.of(operation.op()));
        };
    }

    private byte[] document(@Nullable RawJson data, int index) {
        if (data == null) {
            throw refused(index, "a put needs data");
        }
        byte[] json = data.utf8();
        if (json.length > maxJsonBytes) {
            throw new KvsException(
                    ErrorCode.BODY_TOO_LARGE,
                    "In operation " + index + ": data has " + json.length + " bytes; the limit is " + maxJsonBytes
                            + ".");
        }
        return documents.check(json).bytes();
    }

    private static Expiry expiry(@Nullable String ttl, int index) {
        if (ttl == null) {
            return new Expiry.Default();
        }
        try {
            return WriteRequests.expiry(Durations.parse(ttl));
        } catch (IllegalArgumentException notDuration) {
            throw refused(index, String.valueOf(notDuration.getMessage()));
        }
    }

    private static List<Condition> conditions(BatchOperation operation, int index) {
        List<Condition> conditions = new ArrayList<>(2);
        String match = operation.ifMatch();
        if (match != null) {
            conditions.add(
                    match.equals(BatchOperation.ANY)
                            ? new Condition.Exists()
                            : new Condition.IsOneOf(Set.of(uuid(match, index))));
        }
        String noneMatch = operation.ifNoneMatch();
        if (noneMatch != null) {
            conditions.add(
                    noneMatch.equals(BatchOperation.ANY)
                            ? new Condition.Absent()
                            : new Condition.IsNoneOf(Set.of(uuid(noneMatch, index))));
        }
        return conditions;
    }

    private static UUID uuid(String text, int index) {
        return EntityTag.uuid(text)
                .orElseThrow(() -> refused(index, "a condition is * or a UUID, not " + Quoted.of(text)));
    }

    private static KvsException refused(int index, String why) {
        return new KvsException(ErrorCode.INVALID_REQUEST, "In operation " + index + ": " + why + ".");
    }
}
