package dev.kvs.ctl.command;

import dev.kvs.ctl.bench.Plan;
import dev.kvs.ctl.bench.Report;
import dev.kvs.ctl.bench.Workload;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.JsonText;
import dev.kvs.ctl.output.Listing;
import dev.kvs.ctl.output.Output;
import dev.kvs.wire.Durations;
import dev.kvs.wire.RawJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How {@code bench} shows what it will do and what it found. */
final class BenchOutput {
    private static final List<Column> PLAN = List.of(
            Column.of("prefix"),
            Column.of("mix"),
            Column.number("keys"),
            Column.number("size"),
            Column.number("clients"),
            Column.number("rate"),
            Column.of("duration"),
            Column.of("distribution"));

    private static final List<Column> LINES = List.of(
            Column.of("operation"),
            Column.number("count"),
            Column.number("errors"),
            Column.number("ops_per_s"),
            Column.number("p50_ms"),
            Column.number("p90_ms"),
            Column.number("p99_ms"),
            Column.number("p99_9_ms"),
            Column.number("max_ms"));

    private BenchOutput() {}

    /** What would be done. */
    static void plan(Output output, Plan plan, String distribution) {
        output.confirmation(
                PLAN,
                plan.prefix(),
                plan.mix(),
                plan.keys(),
                plan.size(),
                plan.clients(),
                plan.rate(),
                Durations.format(plan.duration()),
                distribution);
    }

    /** What was found. Beside a table, what does not fit into it stands on standard error. */
    static void result(Output output, Plan plan, String distribution, Workload workload, long nanos) {
        Report report = new Report(workload.measurements(), nanos, plan.rate() > 0);
        Map<String, Long> errors = workload.measurements().errors();
        Listing listing = output.listing("operations", LINES)
                .before("prefix", plan.prefix())
                .before("mix", plan.mix())
                .before("keys", plan.keys())
                .before("size", plan.size())
                .before("clients", plan.clients())
                .before("rate", plan.rate())
                .before("duration_ms", nanos / 1_000_000)
                .before("distribution", distribution)
                .before("correction", report.correction())
                .before("unsent", workload.unsent());
        for (Report.Line line : report.lines()) {
            listing.row(
                    line.operation(),
                    line.count(),
                    line.errors(),
                    line.perSecond(),
                    line.p50(),
                    line.p90(),
                    line.p99(),
                    line.p999(),
                    line.max());
        }
        listing.end("errors", json(errors));
        if (!errors.isEmpty()) {
            String counts = errors.entrySet().stream()
                    .map(error -> error.getKey() + " " + error.getValue())
                    .collect(Collectors.joining(", "));
            output.note("kvsctl: errors: " + counts);
        }
        if (workload.unsent() > 0) {
            output.note("kvsctl: the rate was not kept: " + workload.unsent() + " operations were due and never sent");
        }
    }

    private static RawJson json(Map<String, Long> counts) {
        JsonText json = new JsonText().open('{');
        counts.forEach(json::field);
        return new RawJson(json.close('}').toString());
    }
}
