package dev.kvs.replication;

import dev.kvs.model.Dot;
import java.util.concurrent.CompletableFuture;

/** Counts the nodes that hold a version durably. */
public interface Copies {
    /** A node that runs alone. */
    Copies LONE = new Copies() {
        @Override
        public int possible() {
            return 1;
        }

        @Override
        public int now(Dot dot) {
            return 1;
        }

        @Override
        public CompletableFuture<Integer> reaching(Dot dot, int count, long withinMillis) {
            return CompletableFuture.completedFuture(1);
        }
    };

    /** Members that are not known to be dead, this node included: no write reaches more. */
    int possible();

    /** How many nodes are known to hold a version of this node, this node included. */
    int now(Dot dot);

    /** Completes with the count when {@code count} nodes hold it, or with what there is after {@code withinMillis}. */
    CompletableFuture<Integer> reaching(Dot dot, int count, long withinMillis);
}
