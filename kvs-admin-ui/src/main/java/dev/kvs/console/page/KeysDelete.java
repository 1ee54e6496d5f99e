package dev.kvs.console.page;

import dev.kvs.client.RangeQuery;
import dev.kvs.client.WriteOptions;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Field;
import dev.kvs.console.view.FormView;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.BatchRequest;
import dev.kvs.wire.RangePage;
import java.util.List;

/**
 * {@code /keys/delete}: deleting everything below a prefix, as much at a time as a batch holds. Says how much it is, shows some of
 * it, and wants the prefix typed.
 */
final class KeysDelete implements Page {
    private static final int SAMPLES = 10;

    @Override
    public Outcome answer(Visit visit) {
        if (!visit.request().isPost()) {
            return show(200, visit, visit.query().text("prefix"), "");
        }
        String prefix = visit.form().text("prefix");
        if (prefix.isEmpty() || !visit.form().text("typed").strip().equals(prefix)) {
            return show(400, visit, prefix, "Nothing was deleted: what you typed is not the prefix.");
        }
        RangePage page = below(visit, prefix);
        if (!page.entries().isEmpty()) {
            List<BatchOperation> deletes = page.entries().stream()
                    .map(entry -> BatchOperation.delete(entry.key()))
                    .toList();
            visit.kvs().batch(deletes, WriteOptions.NONE);
        }
        return page.next() == null
                ? Outcome.done(Links.keys(prefix), Notice.ALL_DELETED)
                : Outcome.done(Links.deletion(prefix), Notice.SOME_DELETED);
    }

    private static RangePage below(Visit visit, String prefix) {
        return visit.kvs().range(RangeQuery.below(prefix).withKeysOnly().withLimit(BatchRequest.OPERATIONS_MAX));
    }

    private static Outcome show(int status, Visit visit, String prefix, String problem) {
        if (prefix.isEmpty()) {
            return Outcome.done("/keys", Notice.NONE);
        }
        RangePage page = below(visit, prefix);
        String count = (page.next() == null ? "" : "more than ")
                + Numbers.grouped(page.entries().size());
        Table.Builder table = Table.of("Some of them", "Key", "Written");
        page.entries().stream()
                .limit(SAMPLES)
                .forEach(entry -> table.row(
                        Cell.code(entry.key()).to(Links.key(entry.key())),
                        Numbers.when(entry.timestamp(), visit.now())));
        Section samples = Section.of(
                        "samples",
                        "Below it " + (page.entries().size() == 1 ? "is " : "are ") + count
                                + (page.entries().size() == 1 ? " key" : " keys"),
                        page.entries().size() > SAMPLES ? "The first of them:" : "")
                .table(
                        table.build(),
                        new Empty("Nothing lies below " + prefix + " that you may see.", "Back", "/keys", ""));
        if (page.entries().isEmpty()) {
            return new Outcome.View(
                    status, "sheet", title(prefix), "Keys", Sheet.of(title(prefix), "", samples), false);
        }
        Section form = Section.of("delete", "Delete them", note(page))
                .form(new FormView(
                        "/keys/delete",
                        true,
                        "delete",
                        "Delete " + (page.next() == null ? count : Numbers.grouped(BatchRequest.OPERATIONS_MAX)),
                        List.of(
                                Field.hidden("prefix", prefix),
                                Field.text("typed", "Type the prefix to go on", "", prefix))))
                .lines(List.of(Links.kvsctl(visit, "del", "-r", prefix)));
        Sheet sheet = new Sheet(title(prefix), "", problem, List.of(samples, form));
        return new Outcome.View(status, "sheet", title(prefix), "Keys", sheet, false);
    }

    private static String title(String prefix) {
        return "Delete everything below " + prefix;
    }

    private static String note(RangePage page) {
        return (page.next() == null
                        ? ""
                        : "At most " + Numbers.grouped(BatchRequest.OPERATIONS_MAX)
                                + " are deleted at a time; you are asked again for the rest. ")
                + "They disappear on every member, all or none. Their revisions are kept for a while.";
    }
}
