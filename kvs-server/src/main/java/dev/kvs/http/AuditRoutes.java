package dev.kvs.http;

import dev.kvs.audit.AuditEntry;
import dev.kvs.audit.AuditPage;
import dev.kvs.audit.AuditQuery;
import dev.kvs.audit.AuditVerdict;
import dev.kvs.audit.EntryPlace;
import dev.kvs.audit.EventKind;
import dev.kvs.audit.Hash;
import dev.kvs.replication.audit.AuditTrail;
import dev.kvs.wire.AuditEntries;
import dev.kvs.wire.AuditReport;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /audit}: who has done what on this node, and whether anybody has changed the record of it. */
final class AuditRoutes {
    private final AuditTrail trail;

    AuditRoutes(AuditTrail trail) {
        this.trail = trail;
    }

    List<Route> routes() {
        Set<String> filters = Set.of(
                Parameters.SINCE,
                Parameters.ACTOR,
                Parameters.KEY,
                Parameters.KIND,
                Parameters.LIMIT,
                Parameters.AFTER);
        return List.of(
                new Route("GET", Paths.AUDIT, filters, List.of(), Access.AUDIT, this::search),
                new Route("POST", Paths.AUDIT_VERIFY, Set.of(), List.of(), Access.AUDIT, this::verify));
    }

    private void search(Exchange exchange) {
        QueryParameters query = exchange.query();
        String since = query.get(Parameters.SINCE);
        AuditPage page = trail.search(new AuditQuery(
                since == null ? 0 : Moments.parse(Parameters.SINCE, since),
                query.get(Parameters.ACTOR),
                query.get(Parameters.KEY),
                kind(query.get(Parameters.KIND)),
                query.number(Parameters.LIMIT, 1, AuditEntries.LIMIT_MAX, AuditEntries.LIMIT_DEFAULT),
                place(query.get(Parameters.AFTER))));
        EntryPlace next = page.next();
        AuditEntries answer = new AuditEntries(
                page.entries().stream().map(AuditRoutes::entry).toList(), next == null ? null : next.toString());
        Answers.message(exchange, Status.OK_200, WireJson.write(answer));
    }

    private static @Nullable EventKind kind(@Nullable String word) {
        return word == null
                ? null
                : EventKind.of(word)
                        .orElseThrow(() -> QueryParameters.invalid(
                                Parameters.KIND,
                                "is one of "
                                        + Arrays.stream(EventKind.values())
                                                .map(EventKind::word)
                                                .collect(Collectors.joining(", "))
                                        + ", not " + Quoted.of(word)));
    }

    private static @Nullable EntryPlace place(@Nullable String after) {
        return after == null
                ? null
                : EntryPlace.parse(after)
                        .orElseThrow(() -> QueryParameters.invalid(
                                Parameters.AFTER, "is the 'next' of the page before, not " + Quoted.of(after)));
    }

    private static AuditEntries.Entry entry(AuditPage.Found found) {
        AuditEntry entry = found.entry();
        Hash digest = entry.digest();
        return new AuditEntries.Entry(
                found.place().toString(),
                found.block(),
                entry.millis(),
                entry.kind().word(),
                entry.actor(),
                entry.key().isEmpty() ? null : entry.key(),
                entry.uuid(),
                digest == null ? null : digest.toString(),
                entry.detail().isEmpty() ? null : entry.detail());
    }

    private void verify(Exchange exchange) {
        AuditTrail.Verified verified = trail.verify();
        AuditVerdict verdict = verified.verdict();
        AuditVerdict.Link broken = verdict.broken();
        AuditReport report = new AuditReport(
                verdict.isGood(),
                verdict.entries(),
                verdict.blocks(),
                verified.head().store().toString(),
                verified.head().block(),
                verified.head().hash().toString(),
                verified.millis(),
                broken == null ? null : link(broken),
                verdict.contradictions().stream()
                        .map(found -> new AuditReport.Contradiction(
                                found.store(), found.node(), found.witness(), found.block(), found.why()))
                        .toList(),
                verified.silent());
        Answers.message(exchange, Status.OK_200, WireJson.write(report));
    }

    private static AuditReport.Link link(AuditVerdict.Link broken) {
        return new AuditReport.Link(
                broken.store(),
                broken.block(),
                broken.segment(),
                broken.offset(),
                broken.millis() == 0 ? null : broken.millis(),
                broken.why());
    }
}
