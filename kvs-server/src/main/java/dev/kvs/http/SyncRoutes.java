package dev.kvs.http;

import dev.kvs.model.KvsException;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.MerkleLeavesRequest;
import dev.kvs.wire.MerkleNodesRequest;
import dev.kvs.wire.Paths;
import dev.kvs.wire.SyncStatus;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.List;
import java.util.Set;

/** {@code /sync}: the node's Merkle tree, and its comparisons with the others. Shows hashes, never keys. */
final class SyncRoutes {
    /** Each level has 16 times the nodes of the one above. */
    private static final int FANOUT_BITS = 4;

    private final ClusterView cluster;

    SyncRoutes(ClusterView cluster) {
        this.cluster = cluster;
    }

    List<Route> routes() {
        List<String> json = List.of(MediaTypes.JSON);
        return List.of(
                new Route("GET", Paths.MERKLE_ROOT, Set.of(), List.of(), Access.ADMIN, this::root),
                new Route("POST", Paths.MERKLE_NODES, Set.of(), json, Access.ADMIN, this::nodes),
                new Route("POST", Paths.MERKLE_LEAVES, Set.of(), json, Access.ADMIN, this::leaves),
                new Route("GET", Paths.SYNC_STATUS, Set.of(), List.of(), Access.ADMIN, this::status),
                new Route("POST", Paths.SYNC_NOW, Set.of(), List.of(), Access.ADMIN, this::now));
    }

    private void root(Exchange exchange) {
        Answers.message(exchange, Status.OK_200, WireJson.write(cluster.tree()));
    }

    private void nodes(Exchange exchange) {
        MerkleNodesRequest request = exchange.message(MerkleNodesRequest.class);
        int level = request.level();
        if (level < 0 || level > MerkleNodesRequest.LEVEL_MAX) {
            throw refused("level is 0 to " + MerkleNodesRequest.LEVEL_MAX + ", not " + level);
        }
        check("nodes", request.nodes(), MerkleNodesRequest.NODES_MAX, 1 << (FANOUT_BITS * level));
        Answers.message(exchange, Status.OK_200, WireJson.write(cluster.nodes(level, request.nodes())));
    }

    private void leaves(Exchange exchange) {
        MerkleLeavesRequest request = exchange.message(MerkleLeavesRequest.class);
        int count = 1 << (FANOUT_BITS * MerkleNodesRequest.LEVEL_MAX);
        check("leaves", request.leaves(), MerkleLeavesRequest.LEAVES_MAX, count);
        Answers.message(exchange, Status.OK_200, WireJson.write(cluster.leaves(request.leaves())));
    }

    private static void check(String name, List<Integer> places, int most, int count) {
        if (places.isEmpty() || places.size() > most) {
            throw refused(name + " has 1 to " + most + " numbers, not " + places.size());
        }
        for (int place : places) {
            if (place < 0 || place >= count) {
                throw refused(name + " holds numbers from 0 to " + (count - 1) + " on this level, not " + place);
            }
        }
    }

    private static KvsException refused(String why) {
        return new KvsException(ErrorCode.INVALID_REQUEST, why + ".");
    }

    private void status(Exchange exchange) {
        SyncStatus status = new SyncStatus(cluster.tree(), cluster.comparisons());
        Answers.message(exchange, Status.OK_200, WireJson.write(status));
    }

    /** The tree is read afterwards: repairing may have changed it. */
    private void now(Exchange exchange) {
        List<Comparison> compared = cluster.compareNow();
        Answers.message(exchange, Status.OK_200, WireJson.write(new SyncStatus(cluster.tree(), compared)));
    }
}
