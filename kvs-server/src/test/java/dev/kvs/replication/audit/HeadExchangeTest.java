package dev.kvs.replication.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.audit.AuditEntry;
import dev.kvs.audit.AuditPage;
import dev.kvs.audit.AuditQuery;
import dev.kvs.audit.AuditReader;
import dev.kvs.audit.AuditSettings;
import dev.kvs.audit.AuditVerdict.Contradiction;
import dev.kvs.audit.EventKind;
import dev.kvs.audit.Witness;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.platform.CrashModel;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.SimDisk;
import dev.kvs.platform.SimHost;
import dev.kvs.platform.SimNetwork;
import dev.kvs.platform.SimScheduler;
import dev.kvs.storage.Store;
import dev.kvs.storage.StoreFixture;
import dev.kvs.storage.StoreOpening;
import dev.kvs.storage.WinnerDigest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that have heard each other's heads: neither can take back what it has said. */
class HeadExchangeTest {
    private static final long MINUTES = 60_000;

    private final SimScheduler world = new SimScheduler();
    private final SimNetwork network = new SimNetwork(world, 1);
    private final Node alpha = new Node("alpha", "beta", 1);
    private final Node beta = new Node("beta", "alpha", 2);

    /** A store with an audit log that knows one other node. */
    private final class Node {
        private final NodeId id;
        private final String other;
        private final SimHost host;
        private SimDisk disk;
        private Store store;
        private StoreTrail chain;
        private AuditTrail trail;
        private HeadExchange exchange;

        Node(String name, String other, long seed) {
            this.id = new NodeId(name);
            this.other = other;
            this.host = network.host(name + ":1");
            this.disk = new SimDisk(seed);
        }

        void start() throws IOException {
            chain = new StoreTrail(disk, new AuditSettings(1 << 20, 4_000, List.of(new byte[] {1})));
            store = StoreOpening.openUnthreaded(
                    disk, StoreFixture.settings(), id, host.time(), host.randomness(), WinnerDigest.NONE, chain);
            trail = new AuditTrail(store, chain.log(), host.time(), host.scheduler());
            exchange = new HeadExchange(
                    id,
                    chain.log(),
                    trail,
                    new HeadExchange.Ports(
                            host.time(),
                            host.scheduler(),
                            (address, path, body, timeout, then) -> network.connect(host, id.value(), services())
                                    .call(address, path, body, timeout, then)),
                    () -> List.of(new HeadExchange.Peer(new NodeId(other), other + ":1")));
            network.connect(host, id.value(), services());
            exchange.start();
        }

        private Map<PeerPath, Network.Service> services() {
            return Map.of(PeerPath.AUDIT, (_, body) -> exchange.answer(body));
        }

        /** The process dies and is started again on another state of its disk. */
        void restartOn(SimDisk state) throws IOException {
            host.kill();
            exchange.close();
            state.restart(CrashModel.LOSE_ALL);
            disk = state;
            host.restart();
            start();
        }

        void happen(String what) {
            store.note(AuditEntry.event(EventKind.LOGIN, host.time().epochMillis(), what, "")
                            .encode())
                    .await();
        }

        List<AuditEntry> entries(EventKind kind) throws IOException {
            return new AuditReader(chain.log())
                    .search(new AuditQuery(0, null, null, kind, 1_000, null)).entries().stream()
                            .map(AuditPage.Found::entry)
                            .toList();
        }

        HeadExchange.Asked ask() {
            List<CompletableFuture<HeadExchange.Asked>> asked = exchange.askAll();
            world.runFor(10_000);
            return asked.getFirst().join();
        }
    }

    @BeforeEach
    void starts() throws IOException {
        alpha.start();
        beta.start();
        for (int i = 0; i < 20; i++) {
            beta.happen("user-" + i);
        }
        alpha.happen("somebody");
        world.runFor(2 * MINUTES);
        alpha.happen("somebody else");
    }

    @Test
    void whatIsHeardIsKeptInTheOwnChainAtMostOnceAMinute() throws IOException {
        for (int i = 0; i < 30; i++) {
            beta.happen("again " + i);
            world.runFor(MINUTES / 6);
            alpha.happen("again " + i);
        }
        List<AuditEntry> heard = alpha.entries(EventKind.WITNESS);
        assertThat(heard).hasSizeBetween(4, 9);
        Witness last = alpha.chain.log().witness(beta.chain.log().head().store());
        assertThat(last).isNotNull();
        assertThat(last.node()).isEqualTo("beta");
        assertThat(last.head().block()).isGreaterThan(20);
        assertThat(alpha.ask().contradictions()).isEmpty();
        assertThat(alpha.entries(EventKind.CONTRADICTION)).isEmpty();
        assertThat(beta.entries(EventKind.CONTRADICTION)).isEmpty();
    }

    @Test
    void nothingIsKeptWhileNothingChanges() throws IOException {
        world.runFor(30 * MINUTES);
        alpha.happen("at last");
        beta.happen("at last");
        // Each witness entry is news to the other, which must not answer it with one of its own for ever.
        assertThat(alpha.entries(EventKind.WITNESS)).hasSizeLessThan(5);
    }

    @Test
    void aCrashAfterTheExchangeContradictsNothing() throws IOException {
        beta.happen("just before");
        SimDisk crashed = beta.disk;
        crashed.cutPower();
        beta.restartOn(crashed);
        assertThat(beta.chain.log().finding()).isNull();
        assertThat(alpha.ask().contradictions()).isEmpty();
        assertThat(beta.ask().contradictions()).isEmpty();
    }

    @Test
    void aChainThatWasTakenBackIsNamedByBoth() throws IOException {
        SimDisk early = beta.disk.fork();
        for (int i = 0; i < 20; i++) {
            beta.happen("to be forgotten " + i);
        }
        world.runFor(2 * MINUTES);
        alpha.happen("heard it");
        beta.restartOn(early);
        HeadExchange.Asked asked = alpha.ask();
        assertThat(asked.answered()).isTrue();
        assertThat(asked.contradictions()).singleElement().satisfies(found -> {
            assertThat(found.node()).isEqualTo("beta");
            assertThat(found.witness()).isEqualTo("alpha");
            assertThat(found.why()).contains("ends before");
        });
        assertThat(beta.ask().contradictions()).singleElement().satisfies(found -> {
            assertThat(found.node()).isEqualTo("beta");
            assertThat(found.witness()).isEqualTo("alpha");
        });
        alpha.happen("so that it is written");
        assertThat(alpha.entries(EventKind.CONTRADICTION)).hasSize(1);
    }

    @Test
    void aChainThatWasRewrittenAndIsLongerByNowIsStillFoundAndTheEvidenceKept() throws IOException {
        SimDisk early = beta.disk.fork();
        for (int i = 0; i < 20; i++) {
            beta.happen("to be forgotten " + i);
        }
        world.runFor(2 * MINUTES);
        alpha.happen("heard it");
        Witness evidence = alpha.chain.log().witness(beta.chain.log().head().store());
        beta.restartOn(early);
        for (int i = 0; i < 60; i++) {
            beta.happen("another story " + i);
        }
        world.runFor(5 * MINUTES);
        List<Contradiction> found = new ArrayList<>(alpha.ask().contradictions());
        assertThat(found).singleElement().satisfies(one -> assertThat(one.why()).contains("rewritten"));
        assertThat(alpha.chain.log().witness(beta.chain.log().head().store())).isEqualTo(evidence);
    }

    @Test
    void whoDoesNotAnswerIsSilentAndNotAccused() {
        beta.host.kill();
        HeadExchange.Asked asked = alpha.ask();
        assertThat(asked.answered()).isFalse();
        assertThat(asked.contradictions()).isEmpty();
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] good = new HeadMessage.Question(
                        List.of(new HeadMessage.BlockName(alpha.store.id(), 1)), List.of(beta.store.id()))
                .encode();
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            byte[] cut = Arrays.copyOf(bad, random.nextInt(bad.length + 1));
            try {
                alpha.exchange.answer(cut);
            } catch (KvsException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
        assertThatThrownBy(() -> alpha.exchange.answer(new byte[0])).isInstanceOf(KvsException.class);
    }
}
