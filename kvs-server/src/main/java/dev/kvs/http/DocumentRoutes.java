package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.replication.Condition;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.Coordinator.PatchFormat;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.Reader;
import dev.kvs.wire.Durations;
import dev.kvs.wire.EntityTag;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Headers;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Parameters;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /kv/{key}}: one document, now or as it was. */
final class DocumentRoutes {
    private static final HeaderName COMPLETE = HeaderNames.create(Headers.COMPLETE);
    private static final Expiry BY_DEFAULT = new Expiry.Default();

    private final Coordinator coordinator;
    private final Reader reader;
    private final boolean rawByDefault;

    DocumentRoutes(Coordinator coordinator, Reader reader, boolean rawByDefault) {
        this.coordinator = coordinator;
        this.reader = reader;
        this.rawByDefault = rawByDefault;
    }

    List<Route> routes() {
        String path = "/kv/" + Route.KEY;
        return List.of(
                new Route(
                        "GET",
                        path,
                        Set.of(Parameters.RAW, Parameters.REVISION, Parameters.AT),
                        List.of(),
                        Access.READ,
                        this::get),
                new Route(
                        "PUT",
                        path,
                        Set.of(Parameters.RAW, Parameters.TTL, Parameters.ACKS),
                        List.of(MediaTypes.JSON),
                        Access.WRITE,
                        this::put),
                new Route("DELETE", path, Set.of(Parameters.ACKS), List.of(), Access.DELETE, this::delete),
                new Route(
                        "PATCH",
                        path,
                        Set.of(Parameters.ACKS),
                        List.of(MediaTypes.MERGE_PATCH, MediaTypes.JSON_PATCH),
                        Access.WRITE,
                        this::patch));
    }

    private void get(Exchange exchange) {
        QueryParameters query = exchange.query();
        Answers.Form form = form(exchange);
        String revision = query.get(Parameters.REVISION);
        String at = query.get(Parameters.AT);
        Version version;
        if (revision != null && at != null) {
            throw QueryParameters.invalid(Parameters.AT, "does not go together with 'revision'");
        } else if (revision != null) {
            version = revision(exchange, revision);
        } else if (at != null) {
            version = asOf(exchange, at);
        } else {
            Optional<Version> current = reader.seenBy(exchange.rights()).get(exchange.key());
            if (current.isEmpty()) {
                throw exchange.notFound();
            }
            version = current.get();
        }
        Answers.document(exchange, version, form);
    }

    private Answers.Form form(Exchange exchange) {
        if (exchange.query().has(Parameters.RAW)) {
            return exchange.query().flag(Parameters.RAW) ? Answers.Form.RAW : Answers.Form.ENVELOPE;
        }
        if (ContentTypes.acceptsRaw(exchange.headers())) {
            return Answers.Form.RAW_BY_ACCEPT;
        }
        return rawByDefault ? Answers.Form.RAW : Answers.Form.ENVELOPE;
    }

    private Version revision(Exchange exchange, String text) {
        UUID uuid = EntityTag.uuid(text)
                .orElseThrow(() -> QueryParameters.invalid(Parameters.REVISION, "is a UUID, not " + Quoted.of(text)));
        Version version = reader.seenBy(exchange.rights())
                .revision(exchange.key(), uuid)
                .orElseThrow(
                        () -> revisionNotFound("Revision " + uuid + " of " + exchange.key() + " is not kept here."));
        return switch (version.kind()) {
            case TOMBSTONE -> throw revisionNotFound("Revision " + uuid + " of " + exchange.key() + " is a delete.");
            case LIVE, VERDICT -> {
                if (version.body() == null) {
                    throw revisionNotFound("The document of revision " + uuid + " has expired and is gone.");
                }
                yield version;
            }
        };
    }

    private static KvsException revisionNotFound(String detail) {
        return new KvsException(ErrorCode.REVISION_NOT_FOUND, detail);
    }

    private Version asOf(Exchange exchange, String text) {
        Reader.AsOf found = reader.seenBy(exchange.rights()).asOf(exchange.key(), Moments.parse(Parameters.AT, text));
        exchange.header(COMPLETE, Boolean.toString(found.complete()));
        return found.version()
                .orElseThrow(() -> new KvsException(
                        ErrorCode.NOT_FOUND,
                        exchange.key() + " had no document at that time, as far as is known here."));
    }

    private void put(Exchange exchange) {
        QueryParameters query = exchange.query();
        String ttl = query.get(Parameters.TTL);
        boolean raw = query.flag(Parameters.RAW);
        Expiry expiry = ttl == null ? BY_DEFAULT : WriteRequests.expiryOfParameter(ttl);
        JsonDocument document = exchange.json();
        byte[] json = document.bytes();
        JsonDocument.@Nullable Wrapped wrapped = document.wrapped();
        if (wrapped != null && !raw && ttl == null && Durations.isValid(wrapped.ttl())) {
            json = wrapped.slice(json);
            expiry = WriteRequests.expiry(Durations.parse(wrapped.ttl()));
        }
        List<Condition> conditions = Conditions.ofWrite(exchange.headers());
        Answers.written(
                exchange,
                coordinator.put(exchange.key(), json, expiry, WriteRequests.options(exchange, conditions)),
                !conditions.isEmpty());
    }

    private void patch(Exchange exchange) {
        byte[] patch = exchange.json().bytes();
        PatchFormat format = MediaTypes.JSON_PATCH.equals(ContentTypes.essence(exchange.headers()))
                ? PatchFormat.JSON_PATCH
                : PatchFormat.MERGE_PATCH;
        List<Condition> conditions = Conditions.ofWrite(exchange.headers());
        Answers.written(
                exchange,
                coordinator.patch(exchange.key(), format, patch, WriteRequests.options(exchange, conditions)),
                !conditions.isEmpty());
    }

    private void delete(Exchange exchange) {
        List<Condition> conditions = Conditions.ofWrite(exchange.headers());
        Answers.deleted(
                exchange,
                coordinator.delete(exchange.key(), WriteRequests.options(exchange, conditions)),
                !conditions.isEmpty());
    }
}
