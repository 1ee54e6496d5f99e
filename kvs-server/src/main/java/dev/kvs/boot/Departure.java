package dev.kvs.boot;

import dev.kvs.membership.Membership;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.platform.Scheduler;
import dev.kvs.replication.gossip.GossipReplication;
import dev.kvs.replication.gossip.PeerState;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.LeaveReport;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's way out of its cluster: it takes no more writes, waits until somebody else holds all that it holds, and says goodbye.
 * It stays up read-only, so that whoever still asks it gets an answer, and comes back by a restart.
 */
final class Departure {
    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

    /** A push takes milliseconds; a peer that is this far behind will not catch up while somebody waits at a terminal. */
    private static final long COVER_MILLIS = 30_000;

    /** Saying goodbye takes a probe interval, a minute at most where somebody has configured that. */
    private static final long GOODBYE_MILLIS = 65_000;

    /** How often it is looked whether somebody holds everything. */
    private static final long LOOK_MILLIS = 50;

    private final NodeId self;
    private final NodeMode mode;
    private final GossipReplication replication;
    private final Scheduler scheduler;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<LeaveReport> left = new CompletableFuture<>();

    Departure(NodeId self, NodeMode mode, GossipReplication replication, Scheduler scheduler) {
        this.self = self;
        this.mode = mode;
        this.replication = replication;
        this.scheduler = scheduler;
    }

    /** Leaves, once; whoever asks again gets the same answer. Blocks until the node has left. */
    LeaveReport leave(Membership membership) {
        if (begun.compareAndSet(false, true)) {
            mode.leave();
            Wait wait = new Wait();
            wait.look();
            var _ = wait.ended
                    .thenCompose(furthest -> membership.leave().thenApply(_ -> report(furthest)))
                    .whenComplete(this::ended);
        }
        try {
            return left.get(COVER_MILLIS + GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new KvsException(ErrorCode.SHUTTING_DOWN, "The node was stopped while it was leaving.");
        } catch (ExecutionException | TimeoutException unfinished) {
            LOG.error("Leaving the cluster did not come to an end", unfinished);
            throw new KvsException(
                    ErrorCode.INTERNAL,
                    "Leaving the cluster did not come to an end; the node is read-only. See its log.");
        }
    }

    private void ended(@Nullable LeaveReport report, @Nullable Throwable failure) {
        if (report == null) {
            left.completeExceptionally(failure == null ? new IllegalStateException("no report") : failure);
        } else {
            left.complete(report);
        }
    }

    /** Looks again and again until a living member holds everything. */
    private final class Wait {
        private final CompletableFuture<Optional<PeerState>> ended = new CompletableFuture<>();
        private long waited;

        void look() {
            Optional<PeerState> furthest = furthest();
            if (furthest.isEmpty() || replication.lag(furthest.get()) == 0 || waited >= COVER_MILLIS) {
                ended.complete(furthest);
            } else {
                waited += LOOK_MILLIS;
                scheduler.after(LOOK_MILLIS, this::look);
            }
        }
    }

    private Optional<PeerState> furthest() {
        return replication.peers().stream().filter(PeerState::live).min(Comparator.comparingLong(replication::lag));
    }

    private LeaveReport report(Optional<PeerState> furthest) {
        if (furthest.isEmpty()) {
            return told(null, null, "There is no other living member: what this node holds is here alone.");
        }
        String name = furthest.get().id().value();
        long behind = replication.lag(furthest.get());
        return behind == 0
                ? told(name, 0L, name + " holds everything that this node holds.")
                : told(
                        null,
                        behind,
                        "After " + COVER_MILLIS / 1_000 + " s no member is known to hold everything; " + name
                                + " lacks " + behind + " versions. Keep this node's data directory.");
    }

    private LeaveReport told(@Nullable String coveredBy, @Nullable Long behind, String detail) {
        LOG.info("The node has left its cluster. {}", detail);
        return new LeaveReport(
                self.value(),
                true,
                coveredBy,
                behind,
                detail + " The node stays up and read-only; stop it, or restart it to join again.");
    }
}
