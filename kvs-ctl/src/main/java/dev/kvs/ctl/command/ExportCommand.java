package dev.kvs.ctl.command;

import dev.kvs.client.ExportStream;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.StreamedDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl export}. */
@Command(
        name = "export",
        description = {
            "Print every document whose key begins with a prefix, a line of JSON each, in byte order of the keys.",
            "When a node goes away it goes on at another one. kvsctl import takes the lines."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl export > all.ndjson",
            "  kvsctl export users/ | jq -c 'select(.data.active)'",
            "  kvsctl export --after users/ada >> rest.ndjson"
        })
final class ExportCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("key"),
            Column.of("uuid").inWide(),
            Column.of("timestamp"),
            Column.of("expires_at").inWide(),
            Column.of("data"));

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "The first characters of the keys: users/ is all below users. Without it, everything.")
    String prefix = "";

    @Option(names = "--after", paramLabel = "KEY", description = "Go on behind this key.")
    @Nullable
    String after;

    ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        try (ExportStream export = session.client().export(prefix, after)) {
            if (session.output().inLines()) {
                lines(export);
            } else {
                rows(export);
            }
        }
        return ExitCode.OK;
    }

    private void lines(ExportStream export) {
        for (byte[] line = export.nextLine(); line != null; line = export.nextLine()) {
            session.output().print(new String(line, StandardCharsets.UTF_8));
        }
    }

    private void rows(ExportStream export) {
        Listing listing = session.output().listing("documents", COLUMNS);
        for (StreamedDocument document = export.next(); document != null; document = export.next()) {
            Long expires = document.expiresAt();
            listing.row(
                    document.key(),
                    document.uuid(),
                    Instant.ofEpochMilli(document.timestamp()),
                    expires == null ? null : Instant.ofEpochMilli(expires),
                    document.data());
        }
        listing.end();
    }
}
