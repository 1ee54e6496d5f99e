package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.Value;
import dev.kvs.ctl.output.Differences;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.History;
import dev.kvs.wire.Revision;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl diff}. */
@Command(
        name = "diff",
        description = {
            "Show what two documents differ in, place by place: those of two keys, of a key and a file, or of a key now"
                    + " and before.",
            "Without anything else, the current version is compared with the one before it. Exit code 7 when they"
                    + " differ."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl diff users/ada",
            "  kvsctl diff users/ada users/bob",
            "  kvsctl diff settings @settings.json -o json",
            "  kvsctl diff users/ada --at 2026-01-31T12:00:00Z"
        })
final class DiffCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "KEY", description = "The key, such as users/ada.")
    String key = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "KEY|-|@FILE",
            description = "Another key, - for standard input, or a file.")
    @Nullable
    String other;

    @Option(names = "--revision", paramLabel = "UUID", description = "Compare with this kept revision.")
    @Nullable
    String revision;

    @Option(names = "--at", paramLabel = "TIME", description = "Compare with the document as of a moment.")
    @Nullable
    String at;

    DiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if ((other == null ? 0 : 1) + (revision == null ? 0 : 1) + (at == null ? 0 : 1) > 1) {
            throw Failure.usage("another document, --revision and --at exclude each other");
        }
        KvsClient client = session.client();
        String theirs = other == null ? null : document(client, other);
        String now = text(client.get(Session.key(key)));
        Differences differences = theirs == null ? new Differences(before(client), now) : new Differences(now, theirs);
        show(differences);
        return differences.changes().isEmpty() ? ExitCode.OK : ExitCode.FINDING;
    }

    private void show(Differences differences) {
        if (session.output().plain()) {
            differences.lines().forEach(session.output()::print);
            return;
        }
        Listing listing =
                session.output().listing("changes", Differences.COLUMNS).before("key", key);
        for (Differences.Change change : differences.changes()) {
            listing.row(change.path(), change.kind(), change.from(), change.to());
        }
        listing.end();
    }

    private String document(KvsClient client, String from) {
        if (from.equals("-") || from.startsWith("@")) {
            return Arguments.json(Arguments.document(session, from)).text();
        }
        return client.get(Session.key(from)).map(Value::text).orElseThrow(() -> TouchCommand.missing(from));
    }

    private String before(KvsClient client) {
        if (at != null) {
            return text(client.at(key, Arguments.moment("--at", at)).value());
        }
        UUID uuid = revision == null ? previous(client) : Arguments.uuid("--revision", revision);
        return text(client.revision(key, uuid));
    }

    private UUID previous(KvsClient client) {
        return client.history(key).map(History::revisions).stream()
                .flatMap(revisions -> revisions.stream().filter(one -> !one.current() && one.hasDocument()))
                .map(Revision::uuid)
                .findFirst()
                .orElseThrow(() -> Failure.of(
                        ExitCode.NOT_FOUND, "revision_not_found", "no earlier revision of " + key + " is kept"));
    }

    private String text(Optional<Value> found) {
        return found.map(Value::text)
                .orElseThrow(() ->
                        Failure.of(ExitCode.NOT_FOUND, "not_found", key + " is not stored, or was not at that time"));
    }
}
