package dev.kvs.replication.gossip;

import dev.kvs.model.KvsException;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Scheduler;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an empty node: takes all current winners from one peer, newest first and page by page, then counts as known what that
 * peer knew at the beginning, and compares trees until they are equal once. Begins again with another peer when one fails.
 */
final class Bootstrap {
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    /** After so long without an answer of anybody an empty node begins on its own: all of them may be as new as it is. */
    private static final long ALONE_MILLIS = 10_000;

    /** Pause before the next try after a peer has failed or none is there. */
    private static final long RETRY_MILLIS = 500;

    private final Peers peers;
    private final Receiver receiver;
    private final MerkleSync sync;
    private final Network network;
    private final Scheduler scheduler;
    private final ReplicationSettings settings;
    private final Runnable done;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean taking;
    private volatile long waited;
    private volatile boolean closed;

    Bootstrap(
            Peers peers,
            Receiver receiver,
            MerkleSync sync,
            Network network,
            Scheduler scheduler,
            ReplicationSettings settings,
            Runnable done) {
        this.peers = peers;
        this.receiver = receiver;
        this.sync = sync;
        this.network = network;
        this.scheduler = scheduler;
        this.settings = settings;
        this.done = done;
    }

    /** Whether everything is being taken from a peer, so that pushing would send the same twice. */
    boolean isTaking() {
        return taking;
    }

    /** Begins; {@code done} runs when the node has caught up. */
    void start() {
        if (running.compareAndSet(false, true)) {
            taking = true;
            choose();
        }
    }

    void close() {
        closed = true;
    }

    private void choose() {
        if (closed) {
            return;
        }
        List<PeerState> told = peers.live().stream()
                .filter(peer -> peer.toldNanos() != Long.MIN_VALUE)
                .toList();
        Optional<PeerState> source = told.stream()
                .filter(peer -> !peer.bootstrapping())
                .filter(peer -> !peer.knowledge().dots().isEmpty())
                .max(Comparator.comparingLong(Bootstrap::amount));
        if (source.isPresent()) {
            LOG.info("Taking all current values from {}.", source.get().id());
            page(source.get(), Long.MAX_VALUE, VersionVector.EMPTY, 0);
        } else if (!told.isEmpty()
                && told.stream().allMatch(peer -> peer.knowledge().dots().isEmpty())) {
            LOG.info("All members are as empty as this node; there is nothing to take over.");
            finish();
        } else if (told.isEmpty() && waited >= ALONE_MILLIS) {
            LOG.warn("No other member answers; this node begins on its own and will join when one does.");
            finish();
        } else {
            waited = told.isEmpty() ? waited + RETRY_MILLIS : 0;
            scheduler.after(RETRY_MILLIS, this::choose);
        }
    }

    private static long amount(PeerState peer) {
        return peer.knowledge().dots().stream().mapToLong(dot -> dot.sequence()).sum();
    }

    private void page(PeerState source, long below, VersionVector atBeginning, long taken) {
        if (closed) {
            return;
        }
        byte[] request = new FetchMessage.Page(below, FetchMessage.MAX_PAGE).encode();
        network.call(source.address(), PeerPath.FETCH, request, settings.callMillis(), outcome -> {
            switch (outcome) {
                case Network.Answered(byte[] body) -> guarded(source, () -> taken(source, body, atBeginning, taken));
                case Network.Refused(String code, String detail) -> again(source, code + ": " + detail);
                case Network.Unreachable(String detail) -> again(source, detail);
            }
        });
    }

    private void taken(PeerState source, byte[] body, VersionVector atBeginning, long before) {
        FetchMessage.Reply reply = FetchMessage.Reply.decode(body);
        VersionVector knowledge = before == 0 ? reply.knowledge() : atBeginning;
        boolean last = reply.next() == Long.MIN_VALUE;
        receiver.receive(reply.versions(), last ? knowledge : VersionVector.EMPTY);
        long total = before + reply.versions().size();
        if (last) {
            taking = false;
            LOG.info("Took {} current values from {}; comparing.", total, source.id());
            compare(source);
        } else {
            scheduler.after(
                    settings.throttleMillis(),
                    () -> guarded(source, () -> page(source, reply.next(), knowledge, Math.max(1, total))));
        }
    }

    private void compare(PeerState source) {
        sync.round(source, outcome -> {
            switch (outcome) {
                case MerkleSync.Equal ignored -> finish();
                case MerkleSync.Repaired repaired when repaired.inFlight() && !repaired.more() -> finish();
                case MerkleSync.Repaired ignored -> scheduler.after(settings.fetchMillis(), () -> compare(source));
                case MerkleSync.Failed failed -> again(source, failed.why());
            }
        });
    }

    private void guarded(PeerState source, Runnable work) {
        try {
            work.run();
        } catch (KvsException e) {
            again(source, e.detail());
        }
    }

    private void again(PeerState source, String why) {
        taking = true;
        LOG.info("Taking over values from {} was interrupted and will begin again: {}", source.id(), why);
        scheduler.after(RETRY_MILLIS, this::choose);
    }

    private void finish() {
        taking = false;
        if (running.compareAndSet(true, false)) {
            done.run();
        }
    }
}
