package dev.kvs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Kind;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.WriteOptions;
import dev.kvs.replication.gossip.PlantedPushes;
import dev.kvs.storage.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the system keyspace gets around, and what an empty node does first; in worlds where nothing goes wrong. */
class TakeOverTest extends CalmWorld {
    /** Three pages of what a node takes over. */
    private static final int DOCUMENTS = 600;

    private static void putUser(SimNode node, String name, int length) {
        node.system().put("users/" + name, json(length), new Expiry.Never(), WriteOptions.NONE);
    }

    private static long users(SimNode node) {
        return node.system().list("users", null, 2 * DOCUMENTS).size();
    }

    private static long documents(SimNode node) {
        long count = 0;
        for (var scan = node.store().scan(Keyspace.DOCUMENTS, null, null, false); scan.hasNext(); scan.next()) {
            count++;
        }
        return count;
    }

    /** Found by the simulation: pages of the empty disk followed those of the old one, and both nodes were equally empty. */
    @Test
    void whoseSourceLosesItsDiskOnTheWayClaimsNothingOfIt() {
        HeldFetch held = new HeldFetch();
        cluster(2, 1, held);
        putDocument(node(0), "k/1", 1);
        StoreId before = node(0).store().id();
        cluster.start(node(1));
        runUntil("the second page is asked for", () -> held.call != null);
        cluster.loseDisk(node(0), 1);
        Check.present(held.call, "held").run();
        runUntil("nobody takes over any more", this::agree);
        assertThat(node(1).knowledge().sequenceOf(before)).isZero();
    }

    /** Lets the second fetch of all wait until the test runs it. */
    private static final class HeldFetch implements Planted {
        private int fetches;
        private @Nullable Runnable call;

        @Override
        public Network network(Network network, Store store) {
            return (address, path, body, timeout, then) -> {
                Runnable send = () -> network.call(address, path, body, timeout, then);
                if (path == PeerPath.FETCH && ++fetches == 2) {
                    call = send;
                } else {
                    send.run();
                }
            };
        }
    }

    @Test
    void aChangeOfTheSystemTakesEffectOnEveryNode() {
        cluster(3, 0, Planted.NOTHING);
        Key ada = Key.ofSystem("users/ada");
        putUser(node(0), "ada", 1);
        runUntil(
                "all have heard of ada",
                () -> cluster.nodes().stream()
                        .allMatch(node -> node.systemChanges().containsKey(ada)));
        node(1).system().delete("users/ada", WriteOptions.NONE);
        runUntil(
                "all have heard that ada is gone",
                () -> cluster.nodes().stream()
                        .map(node -> node.systemChanges().get(ada))
                        .allMatch(change -> change.kind() == Kind.TOMBSTONE));
        runUntil("all agree", this::agree);
        assertThat(documents(node(2))).isZero();
    }

    @Test
    void aNewNodeHasTheWholeSystemBeforeItsFirstDocument() {
        cluster(2, 1, Planted.NOTHING);
        for (int i = 0; i < DOCUMENTS; i++) {
            putUser(node(0), "" + i, 9_000);
            putDocument(node(0), "k/" + i, 9_000);
        }
        cluster.start(node(1));
        List<Long> seen = new ArrayList<>();
        runUntil("the new node has caught up", () -> {
            if (documents(node(1)) > 0) {
                assertThat(users(node(1))).isEqualTo(DOCUMENTS);
            } else {
                seen.add(users(node(1)));
            }
            return documents(node(1)) == DOCUMENTS && agree();
        });
        assertThat(seen).as("the system came in pages").anyMatch(count -> count > 0 && count < DOCUMENTS);
        assertThat(node(1).tookOver()).isTrue();
    }

    @Test
    void whatPushesLoseIsFoundByComparingTheTreeOfTheSystem() {
        cluster(2, 0, new Planted() {
            @Override
            public Network network(Network network, Store store) {
                return (address, path, body, timeout, then) -> network.call(
                        address,
                        path,
                        path == PeerPath.PUSH
                                ? PlantedPushes.keeping(body, one -> !one.key().isSystem())
                                : body,
                        timeout,
                        then);
            }
        });
        putUser(node(0), "ada", 10);
        putDocument(node(0), "k", 10);
        runUntil("the document is pushed", () -> documents(node(1)) == 1);
        assertThat(users(node(1))).isZero();
        runUntil("the user is fetched", () -> users(node(1)) == 1);
        runUntil("all agree", this::agree);
    }

    @Test
    void equalNodesAreKnownToBeEqualAfterOneShortExchange() {
        List<Integer> bytes = new ArrayList<>();
        boolean[] counting = new boolean[1];
        cluster(2, 0, new Planted() {
            @Override
            public Network.Service service(PeerPath path, Network.Service service, Store store) {
                return (caller, body) -> {
                    byte[] answer = service.answer(caller, body);
                    if (path == PeerPath.MERKLE && counting[0]) {
                        bytes.add(body.length + answer.length);
                    }
                    return answer;
                };
            }
        });
        for (int i = 0; i < 50; i++) {
            putUser(node(0), "" + i, 10);
            putDocument(node(1), "k/" + i, 10);
        }
        runUntil("all agree", this::agree);
        counting[0] = true;
        for (int round = 1; round <= 10; round++) {
            assertThat(node(0).replication().syncNow()).hasSize(1);
            cluster.world().runFor(100);
            assertThat(bytes).hasSizeGreaterThanOrEqualTo(round);
        }
        assertThat(bytes).allMatch(length -> length < 300);
        assertThat(bytes).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void anEmptiedFounderThatIsFoundByTheOthersTakesOverFromThem() {
        cluster(3, 0, Planted.NOTHING);
        for (int i = 0; i < 20; i++) {
            putUser(node(0), "" + i, 10);
            putDocument(node(1), "k/" + i, 10);
        }
        runUntil("all agree", this::agree);
        Object before = node(0).disk();
        node(0).kill();
        node(0).loseDisk(SEED);
        assertThat(node(0).disk()).isNotSameAs(before);
        cluster.start(node(0), List.of());
        assertThat(node(0).isSyncing()).isFalse();

        runUntil("the founder takes over", () -> {
            boolean syncing = node(0).isSyncing();
            assertThat(syncing || documents(node(0)) == 0)
                    .as("it serves nothing before")
                    .isTrue();
            return syncing;
        });
        runUntil("the founder has caught up", () -> !node(0).isSyncing());
        assertThat(documents(node(0))).isEqualTo(20);
        assertThat(users(node(0))).isEqualTo(20);
        runUntil("all agree", this::agree);
    }

    @Test
    void aNewClusterTakesWritesFromTheFirstOneOn() {
        cluster(3, 0, Planted.NOTHING);
        putDocument(node(0), "k", 10);
        long end = cluster.world().millis() + 20_000;
        while (cluster.world().millis() < end) {
            cluster.world().runFor(1);
            assertThat(cluster.nodes()).noneMatch(SimNode::isSyncing);
        }
        List<Version> everywhere = cluster.nodes().stream()
                .map(node -> node.store().winner(Key.of("k")))
                .filter(Objects::nonNull)
                .toList();
        assertThat(everywhere).hasSize(3);
    }
}
