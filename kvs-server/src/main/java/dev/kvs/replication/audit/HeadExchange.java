package dev.kvs.replication.audit;

import dev.kvs.audit.AuditEntry;
import dev.kvs.audit.AuditLog;
import dev.kvs.audit.AuditReader;
import dev.kvs.audit.AuditReader.Lookup;
import dev.kvs.audit.AuditVerdict.Contradiction;
import dev.kvs.audit.EventKind;
import dev.kvs.audit.Head;
import dev.kvs.audit.Witness;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Scheduler;
import dev.kvs.platform.Time;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the other nodes every minute where their chains end, and keeps the answers in the own chain: from then on they cannot be
 * changed or cut off up to there without somebody knowing. A new head is taken only when the one that is known already is still
 * on the other's chain; else the known one stays, as evidence, and the contradiction is noted.
 */
public final class HeadExchange implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeadExchange.class);

    private static final long INTERVAL_MILLIS = 60_000;

    /** Sessions open and members are found within so much of the start. */
    private static final long FIRST_MILLIS = 2_000;

    private static final long CALL_MILLIS = 5_000;

    /** Contradictions that are noted once; more are noted again when they are met again. */
    private static final int NOTED_MAX = 1_000;

    private final NodeId self;
    private final AuditLog log;
    private final AuditReader reader;
    private final AuditTrail trail;
    private final Ports ports;
    private final Supplier<List<Peer>> peers;
    private final Set<Contradiction> noted = new HashSet<>();
    private volatile boolean closed;

    /** What the exchange needs of the world. */
    public record Ports(Time time, Scheduler scheduler, Network network) {}

    /** Another node that is alive, and where it listens. */
    public record Peer(NodeId id, String address) {}

    /** What became of asking one peer. */
    record Asked(Peer peer, boolean answered, List<Contradiction> contradictions) {}

    /** An exchange that has not begun; the trail asks it whenever it verifies. */
    public HeadExchange(NodeId self, AuditLog log, AuditTrail trail, Ports ports, Supplier<List<Peer>> peers) {
        this.self = self;
        this.log = log;
        this.reader = new AuditReader(log);
        this.trail = trail;
        this.ports = ports;
        this.peers = peers;
    }

    /** Begins to ask. */
    public void start() {
        trail.witnessedBy(this);
        askLater(FIRST_MILLIS);
    }

    private void askLater(long millis) {
        ports.scheduler().after(millis, () -> {
            if (!closed) {
                askAll();
                askLater(INTERVAL_MILLIS);
            }
        });
    }

    /** Asks every peer now; each outcome comes within five seconds. */
    List<CompletableFuture<Asked>> askAll() {
        return peers.get().stream().map(this::ask).toList();
    }

    private CompletableFuture<Asked> ask(Peer peer) {
        CompletableFuture<Asked> asked = new CompletableFuture<>();
        List<Witness> known = log.witnesses().stream()
                .filter(witness -> witness.node().equals(peer.id().value()))
                .limit(HeadMessage.CHAINS_MAX)
                .toList();
        HeadMessage.Question question = new HeadMessage.Question(
                known.stream()
                        .map(witness -> new HeadMessage.BlockName(
                                witness.head().store(), witness.head().block()))
                        .toList(),
                reader.chains(HeadMessage.CHAINS_MAX));
        ports.network()
                .call(
                        peer.address(),
                        PeerPath.AUDIT,
                        question.encode(),
                        CALL_MILLIS,
                        outcome -> asked.complete(
                                outcome instanceof Network.Answered answered
                                        ? take(peer, known, answered.body())
                                        : new Asked(peer, false, List.of())));
        return asked;
    }

    private Asked take(Peer peer, List<Witness> known, byte[] body) {
        try {
            HeadMessage.Answer answer = HeadMessage.Answer.decode(body);
            List<Contradiction> found = new ArrayList<>();
            for (int i = 0; i < Math.min(known.size(), answer.found().size()); i++) {
                judge(known.get(i).head(), answer.found().get(i), peer.id(), self, found);
            }
            if (found.isEmpty()) {
                keep(peer, answer.head());
            }
            for (Head heard : answer.heard()) {
                judge(heard, reader.find(heard.store(), heard.block()), self, peer.id(), found);
            }
            found.forEach(this::note);
            return new Asked(peer, answer.found().size() == known.size(), found);
        } catch (DamagedException e) {
            LOG.debug("{} gave an answer about its audit log that cannot be read", peer.id(), e);
        } catch (IOException | KvsException e) {
            LOG.warn("What {} says of audit logs could not be compared", peer.id(), e);
        }
        return new Asked(peer, false, List.of());
    }

    private static void judge(Head heard, Lookup now, NodeId node, NodeId witness, List<Contradiction> found) {
        String why = switch (now.status()) {
            case FOUND -> heard.hash().equals(now.hash()) ? "" : "the block has another hash: the chain was rewritten";
            case BEYOND -> "the chain ends before this block: it was cut off, or taken back to an earlier state";
            case DROPPED -> "";
            case UNKNOWN -> "there is no such chain any more";
        };
        if (!why.isEmpty()) {
            found.add(new Contradiction(heard.store().toString(), node.value(), witness.value(), heard.block(), why));
        }
    }

    /** Keeps a head in the own chain, if it says anything new and the last one was heard long enough ago. */
    private void keep(Peer peer, Head head) {
        Witness before = log.witness(head.store());
        long now = ports.time().epochMillis();
        boolean isNew = before == null
                || (!before.head().equals(head) && Math.abs(now - before.millis()) >= INTERVAL_MILLIS / 2);
        if (head.block() > 0 && isNew) {
            trail.record(new Witness(head, peer.id().value(), now).entry());
        }
    }

    private void note(Contradiction contradiction) {
        synchronized (noted) {
            if (noted.size() >= NOTED_MAX) {
                noted.clear();
            }
            if (!noted.add(contradiction)) {
                return;
            }
        }
        String detail = "the chain of " + contradiction.store() + " on " + contradiction.node() + " is not the one of"
                + " which " + contradiction.witness() + " has heard block " + contradiction.block() + ": "
                + contradiction.why();
        LOG.warn("Audit log: {}", detail);
        trail.record(AuditEntry.event(EventKind.CONTRADICTION, ports.time().epochMillis(), "", detail));
    }

    /** Answers another node; serve it under {@link PeerPath#AUDIT}. */
    public byte[] answer(byte[] body) {
        HeadMessage.Question question = HeadMessage.Question.decode(body);
        List<Lookup> found = new ArrayList<>();
        try {
            for (HeadMessage.BlockName name : question.heard()) {
                found.add(reader.find(name.store(), name.block()));
            }
        } catch (IOException e) {
            throw new KvsException(
                    ErrorCode.STORAGE_FAILED, "The audit log could not be read: " + e.getMessage() + ".");
        }
        List<Head> heard = new ArrayList<>();
        for (StoreId store : question.own()) {
            Witness witness = log.witness(store);
            if (witness != null) {
                heard.add(witness.head());
            }
        }
        return new HeadMessage.Answer(log.announced(), found, heard).encode();
    }

    @Override
    public void close() {
        closed = true;
    }
}
