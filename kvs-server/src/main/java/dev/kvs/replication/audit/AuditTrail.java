package dev.kvs.replication.audit;

import dev.kvs.audit.AuditEntry;
import dev.kvs.audit.AuditLog;
import dev.kvs.audit.AuditPage;
import dev.kvs.audit.AuditQuery;
import dev.kvs.audit.AuditReader;
import dev.kvs.audit.AuditVerdict;
import dev.kvs.audit.AuditVerdict.Contradiction;
import dev.kvs.audit.EventKind;
import dev.kvs.audit.Head;
import dev.kvs.audit.Refusals;
import dev.kvs.model.KvsException;
import dev.kvs.platform.Scheduler;
import dev.kvs.platform.Time;
import dev.kvs.storage.Store;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log as the doors use it: notes what happens, finds it again, and verifies. Events go through the store's log and
 * nobody waits for them. Safe for concurrent use.
 */
public final class AuditTrail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    /** Refusals of a minute that were counted are written so soon after it. */
    private static final long FLUSH_MILLIS = 15_000;

    private final Store store;
    private final AuditLog log;
    private final AuditReader reader;
    private final Scheduler scheduler;
    private final Time time;
    private final Refusals refusals = new Refusals();
    private final ReentrantLock verifying = new ReentrantLock();
    private volatile @Nullable HeadExchange witnesses;
    private volatile @Nullable Verified last;
    private volatile boolean closed;

    /**
     * A verification.
     *
     * @param millis when it ended, milliseconds since the epoch
     * @param head where the chain ended
     * @param silent peers that did not say what they have heard
     */
    public record Verified(long millis, Head head, AuditVerdict verdict, List<String> silent) {
        public Verified {
            silent = List.copyOf(silent);
        }
    }

    /** The trail of a store that is open. */
    public AuditTrail(Store store, AuditLog log, Time time, Scheduler scheduler) {
        this.store = store;
        this.log = log;
        this.reader = new AuditReader(log);
        this.time = time;
        this.scheduler = scheduler;
    }

    /** Begins to write down what was only counted, and says what was wrong with the log when it was opened. */
    public void start() {
        String finding = log.finding();
        if (finding != null) {
            LOG.warn("{} POST /audit/_verify tells more.", finding);
            record(EventKind.AUDIT, "", finding);
        }
        flushLater();
    }

    private void flushLater() {
        scheduler.after(FLUSH_MILLIS, () -> {
            if (!closed) {
                refusals.flush(time.epochMillis()).forEach(this::record);
                flushLater();
            }
        });
    }

    /** Lets verification ask other nodes. */
    void witnessedBy(HeadExchange exchange) {
        witnesses = exchange;
    }

    /**
     * Notes an event that concerns no version.
     *
     * @param actor who did it; empty for the node itself
     */
    public void record(EventKind kind, String actor, String detail) {
        record(AuditEntry.event(kind, time.epochMillis(), actor, detail));
    }

    /** Notes an event; what the storage cannot take any more is logged. */
    public void record(AuditEntry entry) {
        try {
            store.note(entry.encode());
        } catch (KvsException e) {
            LOG.warn("The audit log misses {} by '{}': {}", entry.kind(), entry.actor(), e.detail());
        }
    }

    /** Notes something that a stranger can do as often as he likes: the first of its like at once, the others by number. */
    public void count(Refusals.What what) {
        refusals.add(what, time.epochMillis()).forEach(this::record);
    }

    /** Entries that fit a query, newest first; all that was acknowledged before the call is considered. */
    public AuditPage search(AuditQuery query) {
        store.awaitTold();
        try {
            return reader.search(query);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Follows the whole chain and asks the other nodes; seconds for a million entries. One at a time. */
    public Verified verify() {
        if (!verifying.tryLock()) {
            throw new KvsException(ErrorCode.OVERLOADED, "The audit log is being verified; ask again in a moment.");
        }
        try {
            store.awaitTold();
            Head head = log.head();
            HeadExchange exchange = witnesses;
            List<CompletableFuture<HeadExchange.Asked>> asked = exchange == null ? List.of() : exchange.askAll();
            AuditVerdict verdict = reader.verify();
            List<Contradiction> contradictions = new ArrayList<>();
            List<String> silent = new ArrayList<>();
            for (CompletableFuture<HeadExchange.Asked> each : asked) {
                HeadExchange.Asked answer = each.join();
                contradictions.addAll(answer.contradictions());
                if (!answer.answered()) {
                    silent.add(answer.peer().id().value());
                }
            }
            Verified verified = new Verified(time.epochMillis(), head, verdict.with(contradictions), silent);
            last = verified;
            return verified;
        } catch (IOException e) {
            throw unreadable(e);
        } finally {
            verifying.unlock();
        }
    }

    private static KvsException unreadable(IOException e) {
        LOG.warn("The audit log cannot be read", e);
        return new KvsException(ErrorCode.STORAGE_FAILED, "The audit log cannot be read: " + e.getMessage() + ".");
    }

    /** Where the chain ends, for metrics and for other nodes. */
    public AuditLog log() {
        return log;
    }

    /** The last verification since the start, null when there was none. */
    public @Nullable Verified lastVerified() {
        return last;
    }

    /** Writes down what was only counted so far. */
    @Override
    public void close() {
        closed = true;
        refusals.drain(time.epochMillis()).forEach(this::record);
    }
}
