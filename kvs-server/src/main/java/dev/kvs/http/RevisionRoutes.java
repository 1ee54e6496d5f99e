package dev.kvs.http;

import dev.kvs.model.Hlc;
import dev.kvs.model.Kind;
import dev.kvs.model.Version;
import dev.kvs.replication.Condition;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.Reader;
import dev.kvs.wire.History;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.RestoreRequest;
import dev.kvs.wire.Revision;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code _history} and {@code _restore}: what a key has been, and making it so again. */
final class RevisionRoutes {
    private final Coordinator coordinator;
    private final Reader reader;

    RevisionRoutes(Coordinator coordinator, Reader reader) {
        this.coordinator = coordinator;
        this.reader = reader;
    }

    List<Route> routes() {
        String path = "/kv/" + Route.KEY + "/";
        return List.of(
                new Route("GET", path + Operation.HISTORY.segment(), Set.of(), List.of(), Access.READ, this::history),
                new Route(
                        "POST",
                        path + Operation.RESTORE.segment(),
                        Set.of(Parameters.ACKS),
                        List.of(MediaTypes.JSON),
                        Access.WRITE,
                        this::restore));
    }

    private void history(Exchange exchange) {
        List<Reader.Revision> kept = reader.seenBy(exchange.rights()).history(exchange.key());
        if (kept.isEmpty()) {
            throw exchange.notFound();
        }
        List<Revision> revisions = new ArrayList<>(kept.size());
        for (Reader.Revision revision : kept) {
            revisions.add(wire(revision, revisions.isEmpty()));
        }
        History history = new History(exchange.key().toString(), revisions);
        Answers.message(exchange, Status.OK_200, WireJson.write(history));
    }

    /** The winner comes first. */
    private static Revision wire(Reader.Revision revision, boolean current) {
        Version version = revision.version();
        return new Revision(
                version.uuid(),
                Hlc.millis(version.hlc()),
                version.origin().node().value(),
                version.kind().name().toLowerCase(Locale.ROOT),
                revision.lostConflict(),
                current,
                documentSize(version),
                expiresAt(version));
    }

    private static @Nullable Long documentSize(Version version) {
        byte[] body = version.body();
        return body == null || version.kind() == Kind.TOMBSTONE ? null : (Long) (long) body.length;
    }

    /** A version's expiry as the contract writes it. */
    static @Nullable Long expiresAt(Version version) {
        return version.expiresAt() == Version.NEVER ? null : (Long) version.expiresAt();
    }

    private void restore(Exchange exchange) {
        RestoreRequest request = exchange.message(RestoreRequest.class);
        List<Condition> conditions = Conditions.ofWrite(exchange.headers());
        Coordinator.Written written =
                coordinator.restore(exchange.key(), request.revision(), WriteRequests.options(exchange, conditions));
        Answers.written(
                exchange, new Coordinator.Written(written.version(), false, written.acks()), !conditions.isEmpty());
    }
}
