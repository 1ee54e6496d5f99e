package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.MerkleRoot;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kvsctl merkle root}. */
@Command(
        name = "root",
        description = {
            "Show the roots of the Merkle trees of every node named by --server: of what clients store, and of what the"
                    + " cluster keeps about itself.",
            "Exit code 0 when all are the same, 7 when any differs. Writes that are on their way differ, too."
        },
        footer = {"", "Example:", "  kvsctl merkle root -s http://10.0.0.1:8080,http://10.0.0.2:8080"})
final class MerkleRootCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("server"),
            Column.of("root"),
            Column.number("keys"),
            Column.of("system_root"),
            Column.of("epoch"));

    private final Session session;

    MerkleRootCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        List<MerkleRoot> roots = new ArrayList<>();
        Listing listing = session.output().listing("roots", COLUMNS);
        for (URI server : session.settings().servers()) {
            try (KvsClient client = session.client(server)) {
                MerkleRoot root = client.merkleRoot();
                roots.add(root);
                listing.row(server, root.root(), root.keys(), root.systemRoot(), Instant.ofEpochMilli(root.epoch()));
            }
        }
        listing.end();
        return roots.stream().distinct().count() == 1 ? ExitCode.OK : ExitCode.FINDING;
    }
}
