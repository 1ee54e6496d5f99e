package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.MerkleRoot;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code kvsctl merkle diff}. */
@Command(
        name = "diff",
        description = {
            "Compare the Merkle trees of the two nodes named by --server and list what differs: hashes of keys, not"
                    + " keys.",
            "Exit code 0 when they hold the same, 7 when they do not. Writes that are on their way differ, too: run it"
                    + " again before you worry."
        },
        footer = {"", "Example:", "  kvsctl merkle diff -s http://10.0.0.1:8080,http://10.0.0.2:8080"})
final class MerkleDiffCommand implements Action {
    private static final List<Column> COLUMNS =
            List.of(Column.of("key_hash"), Column.of("difference"), Column.of("newer"), Column.number("leaf"));

    private final Session session;

    MerkleDiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        List<URI> servers = session.settings().servers();
        if (servers.size() != 2) {
            throw Failure.usage("--server must name the two nodes to compare, and names " + servers.size());
        }
        try (KvsClient one = session.client(servers.getFirst());
                KvsClient other = session.client(servers.getLast())) {
            return compare(one, other);
        }
    }

    private ExitCode compare(KvsClient one, KvsClient other) {
        MerkleRoot here = one.merkleRoot();
        MerkleRoot there = other.merkleRoot();
        if (here.epoch() != there.epoch()) {
            throw Failure.of(
                    ExitCode.FINDING,
                    "other_epoch",
                    "the trees are of different epochs (" + here.epoch() + " and " + there.epoch()
                            + ") and cannot be compared; kvsctl sync now brings them together");
        }
        TreeWalk walk = new TreeWalk(one, other);
        List<TreeWalk.Difference> found = here.root().equals(there.root()) ? List.of() : walk.differences();
        Listing listing = session.output().listing("differences", COLUMNS);
        found.forEach(
                difference -> listing.row(difference.hash(), difference.what(), difference.newer(), difference.leaf()));
        listing.end("truncated", walk.truncated());
        if (walk.truncated()) {
            session.output().note("There are more differences than are listed.");
        }
        boolean sameSystem = here.systemRoot().equals(there.systemRoot());
        if (!sameSystem) {
            session.output().note("What the cluster keeps about itself differs, too; it is not listed.");
        }
        return found.isEmpty() && sameSystem ? ExitCode.OK : ExitCode.FINDING;
    }
}
