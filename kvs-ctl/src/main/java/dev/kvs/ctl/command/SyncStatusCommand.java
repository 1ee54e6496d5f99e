package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.Convergence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code kvsctl sync status}. */
@Command(
        name = "status",
        description = {
            "Show how far each other member is, as the node knows it: lag in both directions and the last comparison.",
            "Exit code 7 when a comparison failed or found differences that last."
        },
        footer = {"", "Example:", "  kvsctl sync status -o wide"})
final class SyncStatusCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("peer"),
            Column.of("state"),
            Column.number("lag"),
            Column.number("missing_here"),
            Column.of("told_at"),
            Column.of("comparison"),
            Column.number("differences"),
            Column.number("lasting_differences"),
            Column.of("compared_at").inWide(),
            Column.of("equal_at").inWide(),
            Column.of("error").inWide());

    private final Session session;

    SyncStatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Convergence seen = session.client().convergence();
        Listing listing = session.output()
                .listing("peers", COLUMNS)
                .before("node_id", seen.nodeId())
                .before("converged_up_to", seen.convergedUpTo())
                .before("clock_ahead_ms", seen.clockAheadMs())
                .before("held_back", seen.heldBack())
                .before("quarantined", seen.quarantined())
                .before("quarantined_of_system", seen.quarantinedOfSystem())
                .before("open_conflicts", seen.openConflicts())
                .before("open_system_conflicts", seen.openSystemConflicts());
        for (Convergence.Peer peer : seen.peers()) {
            Comparison compared = peer.comparison();
            listing.row(
                    peer.id(),
                    peer.state(),
                    peer.lag(),
                    peer.missingHere(),
                    moment(peer.toldAt()),
                    compared.result(),
                    compared.differences(),
                    compared.lasting(),
                    moment(compared.at()),
                    moment(compared.equalAt()),
                    compared.error());
        }
        listing.end();
        Long upTo = seen.convergedUpTo();
        session.output()
                .note(
                        upTo == null
                                ? "It is not known up to when every living member holds everything."
                                : "Every living member holds everything written up to " + Instant.ofEpochMilli(upTo)
                                        + ".");
        return seen.peers().stream().map(Convergence.Peer::comparison).anyMatch(SyncStatusCommand::isFinding)
                ? ExitCode.FINDING
                : ExitCode.OK;
    }

    private static boolean isFinding(Comparison compared) {
        return compared.result().equals(Comparison.FAILED) || compared.lasting() > 0;
    }

    static @Nullable Instant moment(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
