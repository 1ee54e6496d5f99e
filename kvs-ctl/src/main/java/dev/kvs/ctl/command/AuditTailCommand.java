package dev.kvs.ctl.command;

import dev.kvs.client.AuditFilter;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.wire.AuditEntries;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kvsctl audit tail}. */
@Command(
        name = "tail",
        description = "Show what the node's audit log has last, the newest at the end.",
        footer = {"", "Example:", "  kvsctl audit tail -n 20"})
final class AuditTailCommand implements Action {
    private static final int LINES_MAX = 10_000;

    private final Session session;

    @Option(names = "-n", paramLabel = "N", description = "So many entries, 1 to 10000; default 10.")
    int lines = 10;

    AuditTailCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Arguments.number("-n", lines, 1, LINES_MAX);
        AuditFilter filter = new AuditFilter(null, null, null, null, Math.min(lines, AuditEntries.LIMIT_MAX), null);
        List<AuditEntries.Entry> last;
        try (Stream<AuditEntries.Entry> found = session.client().auditEntries(filter)) {
            last = found.limit(lines).toList();
        }
        AuditListing listing = AuditListing.of(session);
        last.reversed().forEach(listing::row);
        listing.end();
        return ExitCode.OK;
    }
}
