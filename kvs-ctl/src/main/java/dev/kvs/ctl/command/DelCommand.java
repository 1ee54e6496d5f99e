package dev.kvs.ctl.command;

import dev.kvs.client.KvsClientException;
import dev.kvs.client.WriteOptions;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl del}. */
@Command(
        name = "del",
        description = {
            "Delete keys. A key that is not stored counts as deleted: its document may be on the way from another"
                    + " node.",
            "With several keys a refusal does not stop the rest; a server that cannot be reached does."
        },
        footer = {"", "Examples:", "  kvsctl del users/ada users/bob", "  kvsctl ls -r tmp -o name | xargs kvsctl del"})
final class DelCommand implements Action {
    private static final List<Column> COLUMNS =
            List.of(Column.of("key"), Column.of("result"), Column.of("detail").inWide());

    private static final String DELETED = "deleted";

    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "The keys.")
    List<String> keys = new ArrayList<>();

    @Option(
            names = "--if-match",
            paramLabel = "UUID",
            description = "Only when this version is the current one; one key.")
    @Nullable
    String ifMatch;

    DelCommand(Session session) {
        this.session = session;
    }

    /** What became of one key: a failure, or null. */
    private record Outcome(
            String key, String result, @Nullable Failure failure) {}

    @Override
    public ExitCode run() {
        keys.forEach(Session::key);
        if (ifMatch != null && keys.size() > 1) {
            throw Failure.usage("--if-match names the version of one key, and there are " + keys.size());
        }
        WriteOptions options = Arguments.write(null, ifMatch, false, null);
        if (!session.settings().dryRun()) {
            session.requireUnguarded("del deletes " + (keys.size() == 1 ? keys.getFirst() : keys.size() + " keys"));
        }
        List<Outcome> outcomes = session.settings().dryRun()
                ? keys.stream()
                        .map(key -> new Outcome(key, "would_delete", null))
                        .toList()
                : delete(options);
        Failure failure = summary(outcomes);
        if (failure == null || keys.size() > 1) {
            show(outcomes);
        }
        if (failure != null) {
            throw failure;
        }
        return ExitCode.OK;
    }

    private List<Outcome> delete(WriteOptions options) {
        List<Outcome> outcomes = new ArrayList<>();
        @Nullable Failure unreachable = null;
        for (String key : keys) {
            if (unreachable != null) {
                outcomes.add(new Outcome(key, "not_tried", unreachable));
                continue;
            }
            try {
                session.client().delete(key, options);
                outcomes.add(new Outcome(key, DELETED, null));
            } catch (KvsClientException e) {
                Failure failure = Refusals.of(e);
                outcomes.add(new Outcome(key, failure.code(), failure));
                boolean end = failure.exit() == ExitCode.UNREACHABLE || failure.exit() == ExitCode.CANCELLED;
                unreachable = end ? failure : null;
            }
        }
        return outcomes;
    }

    private void show(List<Outcome> outcomes) {
        if (session.output().quiet()) {
            return;
        }
        Listing listing = session.output().listing("results", COLUMNS);
        for (Outcome outcome : outcomes) {
            Failure failure = outcome.failure();
            listing.row(outcome.key(), outcome.result(), failure == null ? null : failure.detail());
        }
        listing.end();
    }

    /** The one failure that stands for all; null when there is none. */
    private static @Nullable Failure summary(List<Outcome> outcomes) {
        List<Outcome> failed =
                outcomes.stream().filter(outcome -> outcome.failure() != null).toList();
        if (failed.isEmpty()) {
            return null;
        }
        Outcome first = failed.getFirst();
        if (failed.size() == outcomes.size()) {
            return first.failure();
        }
        return Failure.of(
                ExitCode.PARTIAL,
                "partial",
                failed.size() + " of " + outcomes.size() + " keys were not deleted, the first of them " + first.key()
                        + " (" + first.result() + ")");
    }
}
