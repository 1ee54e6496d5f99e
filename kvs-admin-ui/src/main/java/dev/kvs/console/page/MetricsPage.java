package dev.kvs.console.page;

import dev.kvs.client.AuditFilter;
import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Fact;
import dev.kvs.console.view.Field;
import dev.kvs.console.view.FormView;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.wire.AuditEntries;
import dev.kvs.wire.MemberInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /metrics}: the meters, side by side for all members, and every one of this node's. */
final class MetricsPage implements Page {
    /** Lines that a page shows of a node's meters. */
    private static final int LINES_MAX = 400;

    /** Looks that are shown in figures: those of the last minute or more of a page that follows. */
    private static final int LOOKS_MAX = 20;

    /** Entries of the audit log that are laid beside them. */
    private static final int EVENTS_MAX = 100;

    private static final Map<String, String> SUMS = sums();

    private final Samples samples;

    MetricsPage(Samples samples) {
        this.samples = samples;
    }

    /** A line of the text form. */
    record Line(String name, String labels, String value) {
        double number() {
            return value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
        }
    }

    private static Map<String, String> sums() {
        Map<String, String> sums = new LinkedHashMap<>();
        sums.put("kvs_http_requests_seconds_count", "Requests answered");
        sums.put("kvs_wal_versions_total", "Versions written to the log");
        sums.put("kvs_received_versions_total", "Versions taken from other members");
        sums.put("kvs_push_versions_total", "Versions pushed to other members");
        sums.put("kvs_wal_sync_seconds_count", "Syncs of the log");
        sums.put("kvs_merkle_rounds_total", "Comparisons with other members");
        sums.put("kvs_conflict_events_total", "Conflicts met");
        sums.put("kvs_cache_misses_total", "Reads that were not in memory");
        sums.put("kvs_audit_entries_total", "Audit entries");
        sums.put("kvs_memtable_bytes", "Bytes not yet in the tables, now");
        return sums;
    }

    @Override
    public Outcome answer(Visit visit) {
        Optional<String> metrics = visit.ifAllowed(visit.kvs()::metrics);
        if (metrics.isEmpty()) {
            return Outcome.view("sheet", "Metrics", "Metrics", closed(visit));
        }
        samples.add(visit.now().toEpochMilli(), metrics.get());
        List<Line> own = lines(metrics.get());
        Sheet sheet = Sheet.of(
                "Metrics",
                "Totals count from each node's start; what says now is the value at this moment.",
                rates(visit),
                together(visit, own),
                all(visit, own));
        return Outcome.live("sheet", "Metrics", "Metrics", sheet);
    }

    private Section rates(Visit visit) {
        List<Samples.Rate> rates = samples.rates();
        Section section = Section.of(
                "rates",
                "Lately, on this node",
                rates.isEmpty() ? "Two looks make a rate; look again in a moment." : "");
        if (rates.isEmpty()) {
            return section;
        }
        Samples.Rate last = rates.getLast();
        double most = rates.stream().mapToDouble(Samples.Rate::perSecond).max().orElse(0);
        return section.facts(List.of(
                        new Fact(
                                "Operations per second",
                                Cell.number(String.format(Locale.ROOT, "%.1f", last.perSecond()))),
                        new Fact("Most at a time", Cell.number(String.format(Locale.ROOT, "%.1f", most))),
                        new Fact(
                                "Mean latency",
                                Cell.number(String.format(Locale.ROOT, "%.2f ms", last.latencyMillis()))),
                        new Fact("Window", Cell.text("mean of the last " + Numbers.span(last.lasted())))))
                .table(looks(visit, rates), null);
    }

    /** What the overview draws as lines, in figures, with what else happened meanwhile; the latest first. */
    private static Table looks(Visit visit, List<Samples.Rate> rates) {
        List<AuditEntries.Entry> events = events(visit);
        Table.Builder table =
                Table.of("Load, look by look", "Until", "For", "Operations per second", "Mean latency", "Meanwhile");
        rates.reversed().stream()
                .limit(LOOKS_MAX)
                .forEach(rate -> table.row(
                        Numbers.when(rate.millis(), visit.now()),
                        Cell.number(Numbers.span(rate.lasted())),
                        Cell.number(String.format(Locale.ROOT, "%.1f", rate.perSecond())),
                        Cell.number(String.format(Locale.ROOT, "%.2f ms", rate.latencyMillis())),
                        Cell.text(during(rate, events))));
        return table.build();
    }

    /** The latest of the audit log; none for who may not read it, and where there is none. */
    private static List<AuditEntries.Entry> events(Visit visit) {
        AuditFilter filter = new AuditFilter(null, null, null, null, EVENTS_MAX, null);
        return visit.ifAllowed(() -> visit.kvs().audit(filter))
                .map(AuditEntries::entries)
                .orElse(List.of());
    }

    /** What was written down in the window, by kind: {@code 2 login, 1 conflict}. */
    private static String during(Samples.Rate rate, List<AuditEntries.Entry> events) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        for (AuditEntries.Entry event : events) {
            if (event.time() <= rate.millis() && event.time() > rate.millis() - rate.lasted()) {
                kinds.merge(event.kind(), 1, Integer::sum);
            }
        }
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int blank = line.lastIndexOf(' ');
            if (blank > 0 && !line.startsWith("#")) {
                int brace = line.indexOf('{');
                int end = brace < 0 ? blank : brace;
                lines.add(new Line(
                        line.substring(0, end),
                        brace < 0 ? "" : line.substring(brace, blank),
                        line.substring(blank + 1)));
            }
        }
        return lines;
    }

    private static Section together(Visit visit, List<Line> own) {
        List<String> columns = new ArrayList<>(List.of("Meter"));
        List<List<Line>> all = new ArrayList<>();
        for (MemberInfo member : visit.kvs().members()) {
            columns.add(member.id());
            all.add(member.self() ? own : of(visit, member.address()));
        }
        columns.add("Together");
        Table.Builder table = Table.of("Meters of all members", columns.toArray(String[]::new));
        SUMS.forEach((name, label) -> {
            List<Cell> cells = new ArrayList<>(List.of(Cell.text(label).hinted(name)));
            double sum = 0;
            for (List<Line> member : all) {
                double value = member.stream()
                        .filter(line -> line.name().equals(name))
                        .mapToDouble(Line::number)
                        .sum();
                sum += value;
                cells.add(member.isEmpty() ? Cell.text("no answer") : Cell.number(Math.round(value)));
            }
            cells.add(Cell.number(Math.round(sum)));
            table.row(cells.toArray(Cell[]::new));
        });
        return Section.of("together", "All members", "").table(table.build(), null);
    }

    /** A member that does not answer has no lines; the rest of the page stands. */
    private static List<Line> of(Visit visit, String address) {
        try (KvsClient member = visit.elsewhere().apply(address)) {
            return lines(member.metrics());
        } catch (KvsClientException silent) {
            return List.of();
        }
    }

    private static Section all(Visit visit, List<Line> own) {
        String wanted = visit.query().text("meter").strip();
        Table.Builder table = Table.of("Meters of this node", "Meter", "Labels", "Value");
        own.stream()
                .filter(line -> !line.name().endsWith("_bucket") && line.name().contains(wanted))
                .filter(line -> !line.value().equals("0"))
                .limit(LINES_MAX)
                .forEach(
                        line -> table.row(Cell.code(line.name()), Cell.code(line.labels()), Cell.number(line.value())));
        FormView form = new FormView(
                "/metrics",
                false,
                "meter",
                "Show",
                List.of(Field.text("meter", "Meters whose name contains", wanted, "")));
        return Section.of("all", "Every meter of this node that is not zero", "")
                .table(
                        table.build(),
                        new Empty(
                                "No meter of this name has counted anything yet.",
                                "All meters",
                                "/metrics",
                                Links.kvsctl(visit, "metrics")))
                .form(form)
                .lines(List.of(Links.kvsctl(visit, "metrics")));
    }

    private static Sheet closed(Visit visit) {
        Section none = Section.of("closed", "Not to be seen", "")
                .table(
                        Table.of("").build(),
                        new Empty(
                                "The meters are for whoever has the scope metrics: a monitoring system, or an"
                                        + " administrator.",
                                "Your access",
                                "/access",
                                Links.kvsctl(visit, "metrics")));
        return Sheet.of("Metrics", "", none);
    }
}
