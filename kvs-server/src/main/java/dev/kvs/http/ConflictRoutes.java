package dev.kvs.http;

import dev.kvs.model.Conflict;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.replication.Disputes;
import dev.kvs.replication.Reader;
import dev.kvs.security.Rights;
import dev.kvs.wire.ConflictPage;
import dev.kvs.wire.EntityTag;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.SeedRequest;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /conflicts} and {@code _explain}: which versions did not know of each other, which one won, and why. */
final class ConflictRoutes {
    /** Counters have 16 bits. */
    private static final int COUNTER_MAX = 65_535;

    private final Disputes disputes;
    private final Reader reader;
    private final ClusterView cluster;
    private final String scheme;

    /**
     * Routes over what the engine knows.
     *
     * @param scheme how this node is reached, {@code http} or {@code https}
     */
    ConflictRoutes(Disputes disputes, Reader reader, ClusterView cluster, String scheme) {
        this.disputes = disputes;
        this.reader = reader;
        this.cluster = cluster;
        this.scheme = scheme;
    }

    List<Route> routes() {
        String explain = "/kv/" + Route.KEY + "/" + Operation.EXPLAIN.segment();
        Set<String> filters = Set.of(Parameters.KEY, Parameters.SINCE, Parameters.LIMIT, Parameters.AFTER);
        return List.of(
                new Route("GET", Paths.CONFLICTS, filters, List.of(), Access.ADMIN, this::list),
                new Route("GET", Paths.CONFLICTS + "/" + Route.ID, Set.of(), List.of(), Access.ADMIN, this::one),
                new Route("POST", Paths.SEED, Set.of(), List.of(MediaTypes.JSON), Access.ADMIN, this::seed),
                new Route("GET", explain, Set.of(), List.of(), Access.READ, this::explain));
    }

    private void list(Exchange exchange) {
        QueryParameters query = exchange.query();
        String key = query.get(Parameters.KEY);
        String since = query.get(Parameters.SINCE);
        Disputes.Page page = disputes.newest(new Disputes.Query(
                key == null ? null : Key.of(key),
                since == null ? 0 : Moments.parse(Parameters.SINCE, since),
                place(query.get(Parameters.AFTER)),
                query.number(Parameters.LIMIT, 1, ConflictPage.LIMIT_MAX, ConflictPage.LIMIT_DEFAULT)));
        Disputes.Place next = page.next();
        ConflictPage answer = new ConflictPage(
                page.conflicts().stream()
                        .map(conflict -> Rivals.report(conflict, reader.history(conflict.key())))
                        .toList(),
                disputes.openOfSystem(),
                next == null ? null : next.millis() + "." + next.id());
        Answers.message(exchange, Status.OK_200, WireJson.write(answer));
    }

    /** {@code 1790000000000.01981c2e-...}: when a conflict grew last, and its name. */
    private static Disputes.@Nullable Place place(@Nullable String after) {
        if (after == null) {
            return null;
        }
        int dot = after.indexOf('.');
        String millis = dot < 0 ? "" : after.substring(0, dot);
        UUID id = EntityTag.uuid(after.substring(dot + 1)).orElse(null);
        if (id == null || !millis.matches("[0-9]{1,18}")) {
            throw QueryParameters.invalid(
                    Parameters.AFTER, "is the 'next' of the page before, not " + Quoted.of(after));
        }
        return new Disputes.Place(Long.parseLong(millis), id);
    }

    private void one(Exchange exchange) {
        Conflict found = EntityTag.uuid(exchange.id())
                .flatMap(disputes::named)
                .orElseThrow(() -> new KvsException(
                        ErrorCode.CONFLICT_NOT_FOUND,
                        "This node knows no conflict " + Quoted.of(exchange.id()) + "; each node has its own names for"
                                + " them, GET " + Paths.CONFLICTS + " lists those of this one."));
        Answers.message(exchange, Status.OK_200, WireJson.write(Rivals.report(found, reader.history(found.key()))));
    }

    private void explain(Exchange exchange) {
        Key key = exchange.key();
        Rights rights = exchange.rights();
        List<Reader.Revision> history = reader.seenBy(rights).history(key);
        if (history.isEmpty()) {
            throw exchange.notFound();
        }
        Explainer explainer = new Explainer(
                key,
                history,
                disputes.of(key)
                        .filter(conflict -> rights.areUnlimited() || isOf(history, conflict))
                        .orElse(null),
                scheme + "://" + cluster.address(),
                !rights.equals(Rights.UNCHECKED));
        Answers.message(exchange, Status.OK_200, WireJson.write(explainer.explain()));
    }

    /** Whether all rivals are among these; of others nobody can say who may know of them. */
    private static boolean isOf(List<Reader.Revision> history, Conflict conflict) {
        Set<UUID> uuids =
                history.stream().map(revision -> revision.version().uuid()).collect(Collectors.toSet());
        return conflict.rivals().stream().map(Conflict.Rival::uuid).allMatch(uuids::contains);
    }

    private void seed(Exchange exchange) {
        SeedRequest request = exchange.message(SeedRequest.class);
        byte[] json = request.data().utf8();
        Version planted = cluster.plant(Key.of(request.key()), json, hlc(request.timestamp(), request.counter()));
        Answers.message(
                exchange,
                Status.CREATED_201,
                WireJson.write(Rivals.wire(Conflict.Rival.of(planted), null, Set.of(planted.uuid()))));
    }

    private static long hlc(@Nullable Long millis, @Nullable Integer counter) {
        if (millis == null && counter == null) {
            return 0;
        }
        if (millis == null || counter == null || millis < 1 || millis > Hlc.MAX_MILLIS) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST,
                    "timestamp (1 to " + Hlc.MAX_MILLIS + ") and counter go together; leave both out for now.");
        }
        if (counter < 0 || counter > COUNTER_MAX) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST, "counter is 0 to " + COUNTER_MAX + ", not " + counter + ".");
        }
        return Hlc.of(millis, counter);
    }
}
