package dev.kvs.replication.gossip;

import dev.kvs.model.Dot;
import dev.kvs.platform.Scheduler;
import dev.kvs.replication.Copies;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Counts copies by what the peers say they hold. */
final class PeerCopies implements Copies {
    private final Peers peers;
    private final Scheduler scheduler;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    private record Waiter(Dot dot, int count, CompletableFuture<Integer> reached) {}

    PeerCopies(Peers peers, Scheduler scheduler) {
        this.peers = peers;
        this.scheduler = scheduler;
        peers.onChange(state -> wake());
    }

    @Override
    public int possible() {
        return 1 + peers.live().size();
    }

    @Override
    public int now(Dot dot) {
        return 1 + peers.holding(dot);
    }

    @Override
    public CompletableFuture<Integer> reaching(Dot dot, int count, long withinMillis) {
        Waiter waiter = new Waiter(dot, count, new CompletableFuture<>());
        waiters.add(waiter);
        Scheduler.Timer timer = scheduler.after(withinMillis, () -> waiter.reached.complete(now(dot)));
        wake();
        return waiter.reached.whenComplete((copies, failure) -> {
            timer.cancel();
            waiters.remove(waiter);
        });
    }

    private void wake() {
        for (Waiter waiter : waiters) {
            int copies = now(waiter.dot);
            if (copies >= waiter.count) {
                waiter.reached.complete(copies);
            }
        }
    }
}
