package dev.kvs.console.page;

import dev.kvs.client.AuditFilter;
import dev.kvs.console.view.Action;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Fact;
import dev.kvs.console.view.Field;
import dev.kvs.console.view.FormView;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Pager;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.console.web.Form;
import dev.kvs.wire.AuditEntries;
import dev.kvs.wire.AuditReport;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /audit}: what has happened, and whether the log of it still is what it was. */
final class AuditPage implements Page {
    private static final int LIMIT = 100;

    @Override
    public Outcome answer(Visit visit) {
        Form query = visit.query();
        Optional<Instant> since = query.filled("since").map(AuditPage::moment);
        AuditFilter filter = new AuditFilter(
                since.orElse(null),
                query.filled("actor").orElse(null),
                query.filled("key").orElse(null),
                query.filled("kind").orElse(null),
                LIMIT,
                query.filled("after").orElse(null));
        Optional<AuditEntries> page = visit.ifAllowed(() -> visit.kvs().audit(filter));
        Sheet sheet = page.map(entries -> listing(visit, entries)).orElseGet(() -> closed(visit));
        return Outcome.live("sheet", "Audit", "Audit", sheet);
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException noMoment) {
            throw new IllegalArgumentException("since is a moment such as 2026-01-31T08:00:00Z, not " + text, noMoment);
        }
    }

    private static Sheet listing(Visit visit, AuditEntries page) {
        Form query = visit.query();
        Table.Builder table = Table.of("Entries of the audit log", "When", "What", "Who", "About", "Detail", "Block");
        for (AuditEntries.Entry entry : page.entries()) {
            table.row(
                    Numbers.when(entry.time(), visit.now()),
                    Cell.text(entry.kind()),
                    Cell.text(entry.actor()),
                    entry.key() == null ? Cell.none() : Cell.code(entry.key()).to(Links.key(entry.key())),
                    Cell.text(entry.detail() == null ? "" : entry.detail()),
                    Cell.number(entry.block()));
        }
        String same = Form.query(
                "since", query.text("since"),
                "actor", query.text("actor"),
                "key", query.text("key"),
                "kind", query.text("kind"));
        String next = page.next() == null
                ? ""
                : "/audit" + same + (same.isEmpty() ? "?" : "&") + "after=" + Form.encode(page.next());
        Section list = Section.of("entries", "Entries, the newest first", "")
                .table(
                        table.build(),
                        new Empty(
                                "No entry fits. Writes, refusals, logins, changes of access and decisions of conflicts"
                                        + " are written down here as they happen.",
                                "All entries",
                                "/audit",
                                Links.kvsctl(visit, "audit", "search")))
                .pager(new Pager(
                        query.text("after").isEmpty() ? "" : "/audit" + same,
                        next,
                        page.entries().size() + " entries"));
        Section verify = Section.of(
                        "verify",
                        "Is it still what it was?",
                        "Each block holds the hash of the one before. Verifying reads all of it and asks the other"
                                + " members what they have heard of it.")
                .actions(List.of(Action.main("Verify now", "/audit/verify", Map.of())))
                .lines(List.of(Links.kvsctl(visit, "audit", "verify")));
        return Sheet.of("Audit", "", filter(query), list, verify);
    }

    private static Section filter(Form query) {
        return Section.of("filter", "Filter", "")
                .form(new FormView(
                        "/audit",
                        false,
                        "audit",
                        "Show",
                        List.of(
                                Field.text("actor", "Who", query.text("actor"), ""),
                                Field.text("key", "About keys that begin with", query.text("key"), ""),
                                Field.text("kind", "What", query.text("kind"), "put, delete, login, refused, token …"),
                                Field.text("since", "Since", query.text("since"), "2026-01-31T08:00:00Z"))));
    }

    private static Sheet closed(Visit visit) {
        Section none = Section.of("closed", "Not to be seen", "")
                .table(
                        Table.of("").build(),
                        new Empty(
                                "The audit log is for administrators, on nodes that keep one (tamper_logging_enabled).",
                                "The configuration",
                                "/node",
                                Links.kvsctl(visit, "audit", "search")));
        return Sheet.of("Audit", "", none);
    }

    /** Reads the whole log; seconds for a million entries. */
    static Outcome verify(Visit visit) {
        AuditReport report = visit.kvs().verifyAudit();
        List<String> steps = new ArrayList<>();
        AuditReport.Link broken = report.broken();
        if (broken != null) {
            steps.add("The first broken link is block " + broken.block() + " of store " + broken.store() + ": "
                    + broken.why());
        }
        report.contradictions()
                .forEach(found -> steps.add(found.witness() + " has heard otherwise of " + found.node() + ", block "
                        + found.block() + ": " + found.why()));
        report.silent().forEach(member -> steps.add(member + " did not answer, so what it has heard is not known."));
        Section section = Section.of("verified", "The audit log of this node", "")
                .verdict(report.ok() ? Badge.good("It is what it was") : Badge.bad("It was altered"))
                .facts(List.of(
                        new Fact("Entries", Cell.number(report.entries())),
                        new Fact("Blocks", Cell.number(report.blocks())),
                        new Fact("Store", Cell.code(report.store())),
                        new Fact("Head", Cell.number(report.head())),
                        new Fact("Hash", Cell.code(report.hash()))))
                .steps(steps)
                .lines(List.of(Links.kvsctl(visit, "audit", "verify")));
        return Outcome.view("sheet", "Audit log verified", "Audit", Sheet.of("Audit log verified", "", section));
    }
}
