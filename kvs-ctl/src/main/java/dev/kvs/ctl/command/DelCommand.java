package dev.kvs.ctl.command;

import dev.kvs.client.RangeQuery;
import dev.kvs.client.WriteOptions;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.RangePage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
            "With -r, delete every key below a prefix; that wants the prefix typed, or --confirm PREFIX.",
            "With several keys a refusal does not stop the rest; a server that cannot be reached does."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl del users/ada users/bob",
            "  kvsctl find jobs --older 30d -o name | xargs -r -d '\\n' kvsctl del --",
            "  kvsctl del -r tmp --confirm tmp"
        })
final class DelCommand implements Action {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "The keys; with -r, one prefix.")
    List<String> keys = new ArrayList<>();

    @Option(
            names = "--if-match",
            paramLabel = "UUID",
            description = "Only when this version is the current one; one key.")
    @Nullable
    String ifMatch;

    @Option(
            names = {"-r", "--recursive"},
            description = "Every key below the prefix; the prefix itself stays.")
    boolean recursive;

    DelCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (recursive) {
            return below();
        }
        keys.forEach(Session::key);
        if (ifMatch != null && keys.size() > 1) {
            throw Failure.usage("--if-match names the version of one key, and there are " + keys.size());
        }
        WriteOptions options = Arguments.write(null, ifMatch, false, null);
        if (!session.settings().dryRun()) {
            session.requireUnguarded("del deletes " + (keys.size() == 1 ? keys.getFirst() : keys.size() + " keys"));
        }
        Bulk bulk = new Bulk(session, "deleted", keys.size() > 1);
        keys.forEach(key -> bulk.each(key, () -> session.client().delete(key, options)));
        return bulk.finish();
    }

    private ExitCode below() {
        if (ifMatch != null || keys.size() > 1) {
            throw Failure.usage("-r takes one prefix and no --if-match");
        }
        String prefix = Arguments.prefix(keys.getFirst());
        if (prefix.isEmpty()) {
            throw Failure.usage("-r needs a prefix; what lies below the root is everything");
        }
        if (!session.settings().dryRun()) {
            long count = counted(prefix);
            String what = "del -r deletes " + count + " keys below " + prefix + " at "
                    + session.settings().servers().getFirst();
            session.requireUnguarded(what);
            session.requireTyped(what, prefix);
        }
        Bulk bulk = new Bulk(session, "deleted", true);
        try (Stream<RangePage.Entry> entries = entries(prefix)) {
            entries.forEach(entry -> bulk.each(
                    entry.key(),
                    () -> session.client().delete(entry.key(), WriteOptions.NONE.withIfMatch(entry.uuid()))));
        }
        return bulk.finish();
    }

    private long counted(String prefix) {
        try (Stream<RangePage.Entry> entries = entries(prefix)) {
            return entries.count();
        }
    }

    private Stream<RangePage.Entry> entries(String prefix) {
        return session.client().entries(RangeQuery.below(prefix).withKeysOnly().withLimit(RangePage.LIMIT_MAX));
    }
}
