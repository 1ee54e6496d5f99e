package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.AuditReport;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kvsctl audit verify}. */
@Command(
        name = "verify",
        description = {
            "Let the node follow its audit log's whole chain of hashes, and ask the other members whether it is still"
                    + " the one of which they have heard.",
            "Exit code 0 when nothing was found, 7 when a link is broken or a member contradicts; each finding is a"
                    + " row."
        },
        footer = {"", "Example:", "  kvsctl audit verify"})
final class AuditVerifyCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("finding"),
            Column.of("store"),
            Column.number("block"),
            Column.of("node"),
            Column.of("witness"),
            Column.of("why"),
            Column.number("segment").inWide(),
            Column.number("offset").inWide());

    private final Session session;

    AuditVerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        AuditReport report = session.client().verifyAudit();
        Listing listing = session.output()
                .listing("findings", COLUMNS)
                .before("ok", report.ok())
                .before("entries", report.entries())
                .before("blocks", report.blocks())
                .before("store", report.store())
                .before("head", report.head())
                .before("hash", report.hash());
        AuditReport.Link broken = report.broken();
        if (broken != null) {
            listing.row(
                    "broken",
                    broken.store(),
                    broken.block(),
                    null,
                    null,
                    broken.why(),
                    broken.segment(),
                    broken.offset());
        }
        for (AuditReport.Contradiction found : report.contradictions()) {
            listing.row(
                    "contradicted",
                    found.store(),
                    found.block(),
                    found.node(),
                    found.witness(),
                    found.why(),
                    null,
                    null);
        }
        listing.end();
        if (report.ok()) {
            session.output()
                    .note(report.entries() + " entries in " + report.blocks() + " blocks are as they were written.");
        }
        report.silent().forEach(member -> session.output().note(member + " did not say what it has heard."));
        return report.ok() ? ExitCode.OK : ExitCode.FINDING;
    }
}
