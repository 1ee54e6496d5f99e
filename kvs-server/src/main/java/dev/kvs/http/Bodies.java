package dev.kvs.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.WireJson;
import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/** Request bodies: read within their bounds, checked, and turned into what the routes work with. */
final class Bodies {
    /** A batch wraps documents in an object, an array and an object. */
    private static final int BATCH_LEVELS = 3;

    private final BodyReader reader;
    private final StrictJson documents = new StrictJson(StrictJson.DEPTH_MAX);
    private final StrictJson batches = new StrictJson(StrictJson.DEPTH_MAX + BATCH_LEVELS);
    private final int maxJsonBytes;
    private final int maxBatchBytes;
    private final BodyBudget budget;

    Bodies(BodyReader reader, int maxJsonBytes, int maxBatchBytes, BodyBudget budget) {
        this.reader = reader;
        this.maxJsonBytes = maxJsonBytes;
        this.maxBatchBytes = maxBatchBytes;
        this.budget = budget;
    }

    /** What a request is going to take of the memory for bodies. */
    BodyBudget.Lease lease() {
        return budget.lease();
    }

    /** The body as a document; {@code invalid_json}, {@code body_too_large}, {@code overloaded}. */
    JsonDocument document(ServerRequest request, BodyBudget.Lease lease) {
        return documents.check(reader.read(request, maxJsonBytes, lease));
    }

    /** The body of a batch; the same with the bounds of batches. */
    JsonDocument batch(ServerRequest request, BodyBudget.Lease lease) {
        return batches.check(reader.read(request, maxBatchBytes, lease));
    }

    /** The body as it is, at most {@code limit} bytes; {@code body_too_large}, {@code overloaded}. */
    byte[] bytes(ServerRequest request, int limit, BodyBudget.@Nullable Lease lease) {
        return reader.read(request, limit, lease);
    }

    /** A checked body as a message; {@code invalid_request} when it is JSON of the wrong form. */
    static <T> T message(JsonDocument document, Class<T> type) {
        try {
            return WireJson.read(document.bytes(), type);
        } catch (JsonProcessingException wrongForm) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "The body is refused: " + reason(wrongForm) + ".");
        }
    }

    private static String reason(JsonProcessingException wrongForm) {
        String path = wrongForm instanceof JsonMappingException mapping ? path(mapping) : "";
        if (wrongForm instanceof UnrecognizedPropertyException unknown) {
            return "the member " + Quoted.of(unknown.getPropertyName()) + " is not known here; the known ones are "
                    + String.join(
                            ", ",
                            unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .toList());
        }
        JsonLocation where = wrongForm.getLocation();
        String place = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        String cause = wrongForm.getCause() instanceof NullPointerException missing && missing.getMessage() != null
                ? missing.getMessage()
                : "a member is missing or has the wrong type";
        return cause + (path.isEmpty() ? "" : " (" + path + ")") + place;
    }

    private static String path(JsonMappingException mapping) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "" : "in " + Quoted.of(path.toString());
    }
}
