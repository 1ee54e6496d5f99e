package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.JsonText;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.HealthReport;
import dev.kvs.wire.RawJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code kvsctl status}. */
@Command(
        name = "status",
        description = {
            "Ask every node named by --server how it is.",
            "Exit code 0 when all are up and take writes, 7 when any is down, read-only or syncing, 6 when none"
                    + " answers."
        },
        footer = {"", "Example:", "  kvsctl status -s http://10.0.0.1:8080,http://10.0.0.2:8080"})
final class StatusCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("server"),
            Column.of("status"),
            Column.of("mode"),
            Column.of("node_id"),
            Column.number("member_count"),
            Column.of("version"),
            Column.of("detail"),
            Column.of("checks").inNoTable());

    private static final String NORMAL = "normal";

    private final Session session;

    StatusCommand(Session session) {
        this.session = session;
    }

    /** What one server said, or why it said nothing. */
    private record Answer(
            URI server,
            @Nullable HealthReport report,
            @Nullable Failure failure) {
        boolean isWell() {
            return report != null && report.isUp() && report.mode().equals(NORMAL);
        }
    }

    @Override
    public ExitCode run() {
        List<Answer> answers = new ArrayList<>();
        for (URI server : session.settings().servers()) {
            answers.add(ask(server));
        }
        Failure first = answers.getFirst().failure();
        if (first != null && answers.size() == 1) {
            throw first;
        }
        show(answers);
        if (answers.stream().allMatch(answer -> answer.report() == null)) {
            return ExitCode.UNREACHABLE;
        }
        return answers.stream().allMatch(Answer::isWell) ? ExitCode.OK : ExitCode.FINDING;
    }

    private Answer ask(URI server) {
        try (KvsClient client = session.client(server)) {
            return new Answer(server, client.health(), null);
        } catch (KvsClientException e) {
            return new Answer(server, null, Refusals.of(e));
        }
    }

    private void show(List<Answer> answers) {
        Listing listing = session.output().listing("nodes", COLUMNS);
        for (Answer answer : answers) {
            HealthReport report = answer.report();
            Failure failure = answer.failure();
            if (report == null) {
                String status = failure == null ? "unreachable" : failure.code();
                String detail = failure == null ? null : failure.detail();
                listing.row(answer.server(), status, null, null, null, null, detail, null);
            } else {
                listing.row(
                        answer.server(),
                        report.status(),
                        report.mode(),
                        report.nodeId(),
                        report.memberCount(),
                        report.version(),
                        failing(report),
                        checks(report));
            }
        }
        listing.end("status", overall(answers));
    }

    private static String overall(List<Answer> answers) {
        if (answers.stream().allMatch(Answer::isWell)) {
            return HealthReport.OK;
        }
        boolean anyUp = answers.stream().map(Answer::report).anyMatch(report -> report != null && report.isUp());
        return anyUp ? "degraded" : HealthReport.DOWN;
    }

    private static @Nullable String failing(HealthReport report) {
        String text = report.checks().stream()
                .filter(check -> !check.status().equals(HealthReport.OK))
                .map(check -> check.detail() == null ? check.name() : check.name() + ": " + check.detail())
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? null : text;
    }

    private static RawJson checks(HealthReport report) {
        JsonText json = new JsonText().open('[');
        for (HealthReport.CheckResult check : report.checks()) {
            json.open('{').field("name", check.name()).field("status", check.status());
            if (check.detail() != null) {
                json.field("detail", check.detail());
            }
            json.close('}');
        }
        return new RawJson(json.close(']').toString());
    }
}
