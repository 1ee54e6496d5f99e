package dev.kvs.console.page;

import dev.kvs.client.ConflictQuery;
import dev.kvs.client.KvsClient;
import dev.kvs.console.view.Action;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Pager;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.console.web.Form;
import dev.kvs.wire.ConflictPage;
import dev.kvs.wire.ConflictReport;
import dev.kvs.wire.MemberInfo;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.SeedRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /conflicts}: writes that did not know of each other, open and resolved, newest first. */
final class ConflictsPage implements Page {
    private static final int LIMIT = 100;
    private static final String DEMONSTRATION = "demo/conflict";
    /** Demonstrations lie a little back, so that whatever is written next stands above them. */
    private static final long BEFORE_MILLIS = 5_000;

    @Override
    public Outcome answer(Visit visit) {
        String after = visit.query().text("after");
        ConflictPage page =
                visit.kvs().conflicts(ConflictQuery.ALL.withLimit(LIMIT).withAfter(after.isEmpty() ? null : after));
        boolean seeding = maySeed(visit);
        Section list = Section.of("list", "Known to this node", "")
                .table(table(visit, page.conflicts()), nothing(visit, seeding))
                .pager(new Pager(
                        after.isEmpty() ? "" : "/conflicts",
                        page.next() == null ? "" : "/conflicts" + Form.query("after", page.next()),
                        page.conflicts().size() + (page.conflicts().size() == 1 ? " conflict" : " conflicts")))
                .actions(
                        seeding
                                ? List.of(Action.plain("Plant a demonstration conflict", "/conflicts/seed", Map.of()))
                                : List.of())
                .lines(List.of(Links.kvsctl(visit, "conflict", "list")));
        String intro =
                "Two writes conflict when neither had seen the other. One of them stands, by a rule that is the same on"
                        + " every member; the others are kept and can be restored.";
        Sheet sheet = Sheet.of("Conflicts", intro, list);
        return Outcome.live("sheet", "Conflicts", "Conflicts", sheet);
    }

    private static Table table(Visit visit, List<ConflictReport> conflicts) {
        Table.Builder table = Table.of("Conflicts", "Key", "State", "Rule", "Versions", "Times", "Last seen", "");
        for (ConflictReport conflict : conflicts) {
            String href = "/conflict" + Form.query("id", conflict.id().toString());
            table.row(
                    Cell.code(conflict.key()).to(Links.key(conflict.key())),
                    Cell.badge(state(conflict.status())),
                    Cell.text(words(conflict.rule())),
                    Cell.number(conflict.rivals().size()),
                    Cell.number(conflict.times()),
                    Numbers.when(conflict.lastSeen(), visit.now()),
                    Cell.text("Inspect").to(href).hinted(conflict.key()));
        }
        return table.build();
    }

    static Badge state(String status) {
        return status.equals(ConflictReport.OPEN) ? Badge.warn("open") : Badge.good("resolved");
    }

    /** {@code older_origin} is said as {@code older origin}. */
    static String words(String rule) {
        return rule.replace('_', ' ');
    }

    private static Empty nothing(Visit visit, boolean seeding) {
        return new Empty(
                "No writes have missed each other so far. Should it happen, the versions appear here side by side,"
                        + " with the reason why one of them stands."
                        + (seeding
                                ? ""
                                : " With conflict_seeding_enabled: true in the configuration one can be made to look"
                                        + " at."),
                "",
                "",
                Links.kvsctl(visit, "conflict", "list"));
    }

    private static boolean maySeed(Visit visit) {
        return visit.ifAllowed(visit.kvs()::config)
                .flatMap(config -> Optional.ofNullable(config.settings().get("conflict_seeding_enabled")))
                .map(entry -> entry.value().text().equals("true"))
                .orElse(false);
    }

    /** Two versions of one moment that have not seen each other: one here, the other on another member where there is one. */
    static Outcome seed(Visit visit) {
        long moment = visit.now().toEpochMilli() - BEFORE_MILLIS;
        visit.kvs().seedConflict(request("here", "9.50", moment));
        SeedRequest other = request("elsewhere", "9.90", moment);
        Optional<MemberInfo> member = visit.kvs().members().stream()
                .filter(found -> !found.self() && found.state().equals(MemberInfo.ALIVE))
                .findFirst();
        if (member.isEmpty()) {
            visit.kvs().seedConflict(other);
        } else {
            try (KvsClient elsewhere = visit.elsewhere().apply(member.get().address())) {
                elsewhere.seedConflict(other);
            }
        }
        return Outcome.done("/conflicts", Notice.SEEDED);
    }

    private static SeedRequest request(String writer, String price, long moment) {
        RawJson document = new RawJson("{\"written\":\"" + writer + "\",\"price\":" + price + ",\"currency\":\"EUR\"}");
        return new SeedRequest(DEMONSTRATION, document, moment, 0);
    }
}
