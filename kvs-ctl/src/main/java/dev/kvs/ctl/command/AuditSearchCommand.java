package dev.kvs.ctl.command;

import dev.kvs.client.AuditFilter;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.wire.AuditEntries;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kvsctl audit search}. */
@Command(
        name = "search",
        description =
                "Look for entries of the node's audit log, newest first. Each node has its own writes in its log.",
        footer = {"", "Example:", "  kvsctl audit search --actor ada --key users/ --since 2026-01-31T12:00:00Z"})
final class AuditSearchCommand implements Action {
    private static final int LIMIT_MAX = 100_000;

    private final Session session;

    @Option(names = "--actor", paramLabel = "NAME", description = "By this user alone.")
    @Nullable
    String actor;

    @Option(names = "--key", paramLabel = "PREFIX", description = "About keys that begin so.")
    @Nullable
    String key;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Of this kind alone: put, delete, refused, login, login_failed, token, user, conflict, ...")
    @Nullable
    String kind;

    @Option(names = "--since", paramLabel = "TIME", description = "Nothing older.")
    @Nullable
    String since;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 100000; default 100.")
    int limit = 100;

    AuditSearchCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Arguments.number("--limit", limit, 1, LIMIT_MAX);
        AuditFilter filter = new AuditFilter(
                since == null ? null : Arguments.moment("--since", since),
                actor,
                key,
                kind,
                Math.min(limit, AuditEntries.LIMIT_MAX),
                null);
        AuditListing listing = AuditListing.of(session);
        try (Stream<AuditEntries.Entry> found = session.client().auditEntries(filter)) {
            found.limit(limit).forEach(listing::row);
        }
        listing.end();
        return ExitCode.OK;
    }
}
