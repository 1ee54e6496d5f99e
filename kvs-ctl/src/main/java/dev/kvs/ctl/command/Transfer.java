package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.RangeQuery;
import dev.kvs.client.Value;
import dev.kvs.client.WriteOptions;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.RangePage;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What {@code cp} and {@code mv} share: copies or moves a document, or all below a prefix, with what is left of its time to live. A move of one document is one batch:
 * it is in both places at no moment and in none at no moment, and a change in between lets it fail.
 */
final class Transfer {
    private final Session session;
    private final boolean move;

    @Parameters(index = "0", paramLabel = "KEY", description = "From where; with -r, a prefix.")
    String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "The key it gets; with -r, the prefix.")
    String to = "";

    @Option(
            names = {"-r", "--recursive"},
            description = "Every key below the prefix.")
    boolean recursive;

    @Option(names = "--overwrite", description = "Replace what is stored there.")
    boolean overwrite;

    /**
     * A transfer that has not begun; picocli sets the rest.
     *
     * @param move whether the source goes
     */
    Transfer(Session session, boolean move) {
        this.session = session;
        this.move = move;
    }

    /** Transfers one key, or with {@code -r} every key below one. */
    ExitCode run() {
        String source = Arguments.prefix(from);
        String target = Arguments.prefix(to);
        check(source, target);
        if ((move || overwrite) && !session.settings().dryRun()) {
            session.requireUnguarded(
                    (move ? "mv moves " : "cp --overwrite replaces what is at the place of ") + source);
        }
        Bulk bulk = new Bulk(session, move ? "moved" : "copied", recursive);
        if (!recursive) {
            bulk.each(source, () -> one(session.client(), source, target));
            return bulk.finish();
        }
        RangeQuery pages = RangeQuery.below(source).withKeysOnly().withLimit(RangePage.LIMIT_MAX);
        try (Stream<RangePage.Entry> entries = session.client().entries(pages)) {
            entries.forEach(entry -> bulk.each(
                    entry.key(),
                    () -> one(
                            session.client(), entry.key(), target + entry.key().substring(source.length()))));
        }
        return bulk.finish();
    }

    private void check(String source, String target) {
        if (source.isEmpty() || target.isEmpty()) {
            throw Failure.usage("FROM and TO each need at least one segment");
        }
        boolean inside = recursive && (target + "/").startsWith(source + "/");
        boolean around = recursive && (source + "/").startsWith(target + "/");
        if (source.equals(target) || inside || around) {
            throw Failure.usage(target + " and " + source + " overlap; name a place outside");
        }
    }

    private void one(KvsClient client, String from, String to) {
        Value value = client.get(from).orElseThrow(() -> TouchCommand.missing(from));
        if (move) {
            BatchOperation put = BatchOperation.put(to, value.text()).ttl(Arguments.left(value.expiresAt()));
            BatchOperation delete = BatchOperation.delete(from).ifMatch(value.uuid());
            client.batch(List.of(overwrite ? put : put.ifAbsent(), delete), WriteOptions.NONE);
        } else {
            WriteOptions options = WriteOptions.NONE.withTtl(Arguments.left(value.expiresAt()));
            client.put(to, value.json().utf8(), overwrite ? options : options.withIfAbsent());
        }
    }
}
