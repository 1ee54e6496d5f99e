package dev.kvs.replication.gossip;

import dev.kvs.model.Dot;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Scheduler;
import dev.kvs.storage.Store;
import dev.kvs.storage.table.Batch;
import dev.kvs.storage.table.ReadLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one peer what it does not know: one message at a time, the next when the last was answered, so that a slow peer slows
 * nobody but itself. While a message is on its way the next one gathers, as in the log's group commit.
 *
 * <p>This store's own versions go at once. Other stores' are left to their origins for {@link
 * ReplicationSettings#relayMillis}; if the peer still has not got them then, they are sent from here.
 */
final class PushStream {
    private static final Logger LOG = LoggerFactory.getLogger(PushStream.class);

    /** Enough to keep a link busy between two answers, and little enough to be stored in one log frame quickly. */
    private static final int MESSAGE_BYTES = 512 << 10;

    private static final int MESSAGE_VERSIONS = 1_000;

    /** The first pause after a failure; doubled each time up to the largest. */
    private static final long RETRY_MILLIS = 50;

    private static final long RETRY_MILLIS_MAX = 5_000;

    private final NodeId peer;
    private final Peers peers;
    private final Store store;
    private final Network network;
    private final Scheduler scheduler;
    private final Relay relay;
    private final ReplicationSettings settings;
    private final ReplicationMetrics metrics;
    private final Consumer<StoreId> collided;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean sending;
    private boolean closed;
    private int failures;
    private volatile boolean introduced;

    /**
     * A stream that has sent nothing yet.
     *
     * @param collided told the name under whose dots the peer has other versions than this store
     */
    PushStream(
            NodeId peer,
            Peers peers,
            Store store,
            Network network,
            Scheduler scheduler,
            Relay relay,
            ReplicationSettings settings,
            ReplicationMetrics metrics,
            Consumer<StoreId> collided) {
        this.peer = peer;
        this.peers = peers;
        this.store = store;
        this.network = network;
        this.scheduler = scheduler;
        this.relay = relay;
        this.settings = settings;
        this.metrics = metrics;
        this.collided = collided;
    }

    /** Says that there may be something to send. Returns at once; called for every sync of the log. */
    void poke() {
        if (asked.compareAndSet(false, true)) {
            scheduler.after(0, this::next);
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void next() {
        lock.lock();
        try {
            if (sending || closed) {
                // Whoever is sending looks again when the answer is there.
                return;
            }
            asked.set(false);
            sending = true;
        } finally {
            lock.unlock();
        }
        guarded(() -> {
            PeerState state = peers.get(peer);
            PushMessage message = state == null || !state.live() || state.bootstrapping() ? null : gather(state);
            if (state == null || message == null) {
                idle();
            } else {
                send(state, message);
            }
        });
    }

    /** Whatever goes wrong here, the next message is not the last one that this peer does not get. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (KvsException e) {
            failed(e.detail());
        } catch (RuntimeException fault) {
            metrics.failed("Pushing to " + peer, fault);
            failed(String.valueOf(fault.getMessage()));
        }
    }

    private void send(PeerState state, PushMessage message) {
        network.call(
                state.address(),
                PeerPath.PUSH,
                message.encode(),
                settings.callMillis(),
                outcome -> guarded(() -> answered(outcome, state, message)));
    }

    private void answered(Network.Outcome outcome, PeerState state, PushMessage message) {
        switch (outcome) {
            case Network.Answered(byte[] body) -> stored(PushReply.decode(body), state, message);
            case Network.Refused(String code, String detail) -> failed(code + ": " + detail);
            case Network.Unreachable(String detail) -> failed(detail);
        }
    }

    private void stored(PushReply reply, PeerState before, PushMessage message) {
        List<PushMessage.Stretch> stretches = message.stretches();
        metrics.pushed(stretches.stream()
                .mapToInt(stretch -> stretch.versions().size())
                .sum());
        introduced |= stretches.stream()
                .anyMatch(stretch -> stretch.store().equals(message.word().store()));
        if (reply.collided()) {
            // Answers come late: the store may have another name by now.
            collided.accept(message.word().store());
        }
        peers.answered(peer, before, reply);
        boolean inVain = !stretches.isEmpty() && stretches.stream().noneMatch(stretch -> isFurther(reply, stretch));
        if (inVain && !reply.bootstrapping()) {
            failed("it knows no more than before");
            return;
        }
        failures = 0;
        asked.set(true);
        idle();
    }

    private static boolean isFurther(PushReply reply, PushMessage.Stretch stretch) {
        return reply.knowledge().sequenceOf(stretch.store()) > stretch.after();
    }

    private void failed(String why) {
        long pause = Math.min(RETRY_MILLIS_MAX, RETRY_MILLIS << Math.min(failures, 10));
        failures++;
        if (failures == 1) {
            LOG.info("Pushing to {} failed and will be tried again: {}", peer, why);
        }
        asked.set(true);
        scheduler.after(pause, this::idle);
    }

    private void idle() {
        lock.lock();
        try {
            sending = false;
        } finally {
            lock.unlock();
        }
        if (asked.get()) {
            // Somebody asked while this was looking, and was turned away.
            scheduler.after(0, this::next);
        }
    }

    /** What the peer lacks, or null when there is nothing to say. */
    private @Nullable PushMessage gather(PeerState state) {
        PushReply word = PushReply.of(store, false);
        List<PushMessage.Stretch> stretches = new ArrayList<>();
        int room = MESSAGE_BYTES;
        boolean askFirst = false;
        for (Dot known : word.knowledge().dots()) {
            StoreId origin = known.store();
            boolean own = origin.equals(word.store());
            long has = state.knowledge().sequenceOf(origin);
            long after = own && !introduced ? beforeLast(has, known) : has;
            long through = own ? known.sequence() : relay.through(known);
            if (after >= through || origin.equals(state.store()) || room <= 0) {
                continue;
            }
            if (!own && !relay.isFresh(state)) {
                askFirst = true;
                continue;
            }
            PushMessage.Stretch stretch = stretch(origin, after, through, room);
            stretches.add(stretch);
            room -= stretch.versions().stream().mapToInt(Version::footprint).sum();
        }
        return stretches.isEmpty() && !askFirst ? null : new PushMessage(word, stretches, List.of());
    }

    /**
     * The first words to a peer begin with the last version that it has of this store: if it has another one there, this store's
     * disk was taken back and has counted on (decision 0010), which nothing else shows once all of its keys were written again.
     */
    private static long beforeLast(long has, Dot known) {
        return has > known.sequence() ? has : Math.max(0, has - 1);
    }

    private PushMessage.Stretch stretch(StoreId origin, long after, long through, int room) {
        ReadLimit limit = new ReadLimit(MESSAGE_VERSIONS, room);
        Batch<Version> found = store.feed().versionsOf(origin, after, through, limit);
        long end = found.more() ? found.items().getLast().sequence() : through;
        return new PushMessage.Stretch(origin, after, end, found.items());
    }
}
