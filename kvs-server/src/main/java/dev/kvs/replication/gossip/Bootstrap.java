package dev.kvs.replication.gossip;

import dev.kvs.model.KvsException;
import dev.kvs.model.StoreId;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Scheduler;
import dev.kvs.platform.Time;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an empty node: takes from one peer, page by page, the system keyspace and then all current winners, newest first;
 * counts as known what that peer knew at the beginning, and compares trees until they are equal once. Begins again with
 * another peer when one fails.
 *
 * <p>A node that began without finding anybody, because it names no seeds or reached none, and is still empty when a member
 * turns up that has something, does so then.
 */
final class Bootstrap {
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    /** After so long without an answer of anybody an empty node begins on its own: all of them may be as new as it is. */
    private static final long ALONE_MILLIS = 10_000;

    /** Pause before the next try after a peer has failed or none is there. */
    private static final long RETRY_MILLIS = 500;

    private static final byte[] BEGINNING = {};

    private final Peers peers;
    private final Receiver receiver;
    private final MerkleSync sync;
    private final Network network;
    private final Scheduler scheduler;
    private final Time time;
    private final ReplicationSettings settings;
    private final ReplicationMetrics metrics;
    private final BooleanSupplier empty;
    private final Consumer<Boolean> catchingUp;
    private final Set<StoreId> heard = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean taking;
    private volatile long waited;
    private volatile boolean closed;

    /**
     * @param empty whether this node has nothing yet
     * @param catchingUp hears true when the node begins, and false once it has caught up
     */
    Bootstrap(
            Peers peers,
            Receiver receiver,
            MerkleSync sync,
            Network network,
            Scheduler scheduler,
            Time time,
            ReplicationSettings settings,
            ReplicationMetrics metrics,
            BooleanSupplier empty,
            Consumer<Boolean> catchingUp) {
        this.peers = peers;
        this.receiver = receiver;
        this.sync = sync;
        this.network = network;
        this.scheduler = scheduler;
        this.time = time;
        this.settings = settings;
        this.metrics = metrics;
        this.empty = empty;
        this.catchingUp = catchingUp;
    }

    /** Whether everything is being taken from a peer, so that pushing would send the same twice. */
    boolean isTaking() {
        return taking;
    }

    /** Begins, unless it is under way. */
    void start() {
        if (running.compareAndSet(false, true)) {
            waited = 0;
            taking = true;
            catchingUp.accept(true);
            scheduler.after(0, this::choose);
        }
    }

    /**
     * Something was learned of a peer. What counts is its first word: later ones may tell of a first write, which will be
     * pushed here.
     */
    void heard(PeerState peer) {
        boolean first = peer.toldNanos() != Long.MIN_VALUE && heard.add(peer.store());
        if (first && !closed && !peer.knowledge().dots().isEmpty() && empty.getAsBoolean()) {
            start();
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
            Step first = new Step(source.get(), FetchMessage.Part.HELD_BACK, BEGINNING, null, 0);
            guarded(source.get(), () -> take(first));
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

    /**
     * How far it has come.
     *
     * @param from where the next page of the part begins
     * @param known what the source knew at the beginning; null before its first answer
     * @param count versions taken
     */
    private record Step(
            PeerState source,
            FetchMessage.Part part,
            byte[] from,
            @Nullable VersionVector known,
            long count) {}

    private void take(Step step) {
        if (closed) {
            return;
        }
        PeerState source = step.source;
        byte[] request = new FetchMessage.Page(step.part, step.from).encode();
        network.call(source.address(), PeerPath.FETCH, request, settings.callMillis(), outcome -> {
            switch (outcome) {
                case Network.Answered(byte[] body) -> guarded(source, () -> taken(step, body));
                case Network.Refused(String code, String detail) -> again(source, code + ": " + detail);
                case Network.Unreachable(String detail) -> again(source, detail);
            }
        });
    }

    private void taken(Step step, byte[] body) {
        long arrived = time.monotonicNanos();
        FetchMessage.Reply reply = FetchMessage.Reply.decode(body);
        VersionVector known = step.known == null ? reply.knowledge() : step.known;
        if (!reply.knowledge().covers(known)) {
            again(step.source, "it knows less than at the beginning; it has lost its disk meanwhile");
            return;
        }
        long count = step.count + reply.versions().size();
        boolean more = reply.next().length > 0;
        FetchMessage.Part part = more ? step.part : step.part.following();
        receiver.receive(reply.versions(), part == null ? known : VersionVector.EMPTY);
        if (part == null) {
            taking = false;
            LOG.info("Took {} versions from {}; comparing.", count, step.source.id());
            compare(step.source);
            return;
        }
        Step next = new Step(step.source, part, reply.next(), known, count);
        // The source rests from a page while that is stored here; between the parts there is none to rest from.
        long rested = (time.monotonicNanos() - arrived) / 1_000_000;
        long pause = more ? Math.max(0, settings.throttleMillis() - rested) : 0;
        scheduler.after(pause, () -> guarded(step.source, () -> take(next)));
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
        } catch (RuntimeException fault) {
            metrics.failed("Taking over values from " + source.id(), fault);
            again(source, String.valueOf(fault.getMessage()));
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
            catchingUp.accept(false);
        }
    }
}
