package dev.kvs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.replication.gossip.SyncResult;
import dev.kvs.storage.Store;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A fault in a node's own code costs a pause, not the replication of this node until its restart. */
class FailingCallsTest extends CalmWorld {
    /** Calls of one path fail on the node that makes them, some times over; those of another are not answered. */
    private static final class Failing implements Planted {
        private @Nullable PeerPath failing;
        private @Nullable PeerPath silent;
        private int left = 3;

        @Override
        public boolean failsItself() {
            return true;
        }

        @Override
        public Network network(Network network, Store store) {
            return (address, path, body, timeout, then) -> {
                if (path == failing && left > 0) {
                    left--;
                    throw new IllegalStateException("a planted fault");
                }
                if (path == silent) {
                    then.accept(new Network.Unreachable("nothing is answered"));
                } else {
                    network.call(address, path, body, timeout, then);
                }
            };
        }
    }

    private final Failing calls = new Failing();

    @Test
    void pushingGoesOn() {
        cluster(2, 0, calls);
        calls.silent = PeerPath.MERKLE;
        calls.failing = PeerPath.PUSH;
        putDocument(node(0), "k/1", 1);
        runUntil("the other has it", this::agree);
        assertThat(calls.left).isZero();
    }

    @Test
    void comparingGoesOn() {
        cluster(2, 0, calls);
        calls.failing = PeerPath.MERKLE;
        CompletableFuture<SyncResult> first = node(0).replication().syncNow().getFirst();
        runUntil("it has ended", first::isDone);
        assertThat(first.join().error()).isNotEmpty();
        runUntil("the faults are over", () -> calls.left == 0);
        runUntil(
                "they have found each other equal",
                () -> node(0).replication().results().values().stream().allMatch(SyncResult::isEqual));
    }

    @Test
    void takingOverGoesOn() {
        cluster(2, 1, calls);
        putDocument(node(0), "k/1", 1);
        calls.failing = PeerPath.FETCH;
        cluster.start(node(1));
        runUntil("the newcomer has it", this::agree);
        assertThat(calls.left).isZero();
    }
}
