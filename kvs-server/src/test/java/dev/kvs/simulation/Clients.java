package dev.kvs.simulation;

import dev.kvs.model.Acl;
import dev.kvs.model.Conflict;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.SimRandomness;
import dev.kvs.platform.SimTrace;
import dev.kvs.replication.Condition;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.Coordinator.Operation;
import dev.kvs.replication.Coordinator.PatchFormat;
import dev.kvs.replication.Coordinator.Written;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.WriteOptions;
import dev.kvs.security.Rights;
import dev.kvs.storage.Proposal;
import dev.kvs.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes everything that can be written, to few keys, so that nodes write the same ones at the same time. */
final class Clients {
    private static final int KEYS = 24;

    /** Keys of the system, one of them among the few that all write. */
    private static final Set<Integer> OF_THE_SYSTEM = Set.of(3, 21, 22, 23);

    /** Where the system keeps them. */
    static final String SYSTEM_DIRECTORY = "users";

    private static final long ACKS_WAIT_MILLIS = 10_000;

    private final List<SimNode> nodes;
    private final Promises promises;
    private final SimRandomness random;
    private final SimTrace trace;
    private final Tally tally;

    Clients(List<SimNode> nodes, Promises promises, SimRandomness random, SimTrace trace, Tally tally) {
        this.nodes = nodes;
        this.promises = promises;
        this.random = random;
        this.trace = trace;
        this.tally = tally;
    }

    static List<Key> keys() {
        return java.util.stream.IntStream.range(0, KEYS).mapToObj(Clients::key).toList();
    }

    private static Key key(int number) {
        return OF_THE_SYSTEM.contains(number) ? Key.ofSystem(SYSTEM_DIRECTORY + "/" + number) : Key.of("k/" + number);
    }

    /** Asks some node for something. */
    void ask() {
        List<SimNode> up = nodes.stream().filter(SimNode::isUp).toList();
        if (up.isEmpty()) {
            return;
        }
        SimNode node = up.get((int) random.between(0, up.size() - 1));
        // Half of everything goes to a few keys, and those meet.
        Key key = key((int) random.between(0, random.chance(0.5) ? 3 : KEYS - 1));
        long dice = random.between(0, 99);
        if (dice >= 96) {
            twins(node, up.get((int) random.between(0, up.size() - 1)), key);
            return;
        }
        boolean staysForGood = dice < 45 || (dice >= 68 && dice < 76);
        try {
            node.onBehalfOfClient(() -> write(node, key, dice));
        } catch (KvsException e) {
            tally.count("refused: " + e.code().code());
            trace.note("refused " + e.code());
            if (!staysForGood) {
                doubt(e, key);
            }
        }
    }

    /** What its client was told has failed may be on the disk all the same, and be collected with what it has replaced. */
    private void doubt(KvsException failure, Key key) {
        if (failure.code() == ErrorCode.STORAGE_FAILED) {
            long now =
                    nodes.stream().mapToLong(SimNode::latestClockMillis).max().orElseThrow();
            promises.doubt(key, now + SimNode.MAX_SKEW_MILLIS);
        }
    }

    /** Writes something through a node that is well. */
    Version put(SimNode node, Expiry expiry) {
        return put(node, key((int) random.between(0, KEYS - 1)), expiry);
    }

    /** Writes every key through a node that is well. */
    List<Version> fill(SimNode node, Expiry expiry) {
        return keys().stream().map(key -> put(node, key, expiry)).toList();
    }

    private Version put(SimNode node, Key key, Expiry expiry) {
        Written written = node.coordinator().put(key, json(), expiry, WriteOptions.NONE);
        kept(node, "puts", written);
        return written.version();
    }

    private void write(SimNode node, Key key, long dice) {
        Coordinator coordinator = node.coordinator();
        Version current = node.store().newest(key);
        if (dice < 45) {
            kept(node, "puts", coordinator.put(key, json(), new Expiry.Never(), WriteOptions.NONE));
        } else if (dice < 60) {
            kept(node, "deletes", coordinator.delete(key, WriteOptions.NONE));
        } else if (dice < 68) {
            Expiry soon = new Expiry.After(random.between(1, 20_000));
            kept(node, "puts that expire", coordinator.put(key, json(), soon, WriteOptions.NONE));
        } else if (dice < 76) {
            kept(node, "conditional puts", coordinator.put(key, json(), new Expiry.Never(), unchanged(current)));
        } else if (dice < 82) {
            byte[] patch = ("{\"p\":" + random.between(0, 1 << 20) + "}").getBytes(StandardCharsets.UTF_8);
            kept(node, "patches", coordinator.patch(key, PatchFormat.MERGE_PATCH, patch, WriteOptions.NONE));
        } else if (dice < 88) {
            restore(node, key);
        } else {
            batch(node, key);
        }
    }

    private WriteOptions unchanged(@Nullable Version current) {
        Condition condition = current == null || random.chance(0.2)
                ? new Condition.Absent()
                : new Condition.IsOneOf(Set.of(current.uuid()));
        return new WriteOptions(Rights.UNCHECKED, List.of(condition), 1, null);
    }

    private void restore(SimNode node, Key key) {
        List<Version> revisions = node.store().history(key).versions();
        if (!revisions.isEmpty()) {
            UUID revision =
                    revisions.get((int) random.between(0, revisions.size() - 1)).uuid();
            kept(node, "restores", node.coordinator().restore(key, revision, WriteOptions.NONE));
        }
    }

    private void batch(SimNode node, Key first) {
        Key second = key((int) random.between(0, KEYS - 1));
        List<Operation> operations = List.of(
                new Operation.Put(first, json(), new Expiry.Never(), List.of()),
                new Operation.Delete(second, List.of()),
                new Operation.Put(key((int) random.between(0, KEYS - 1)), json(), new Expiry.Never(), List.of()));
        try {
            List<Written> written = node.coordinator().batch(operations, WriteOptions.NONE);
            tally.count("batches");
            written.forEach(one -> kept(node, "writes in batches", one));
        } catch (KvsException e) {
            doubt(e, second);
            throw e;
        }
    }

    private byte[] json() {
        return ("{\"v\":" + random.between(0, 1 << 20) + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a key on two nodes with one timestamp, as {@code test-conflict} does. */
    private void twins(SimNode one, SimNode other, Key key) {
        if (one == other
                || one.isPoisoned()
                || other.isPoisoned()
                || one.replication().isEmpty()
                || other.replication().isEmpty()
                || hasOpenConflict(one, key)
                || hasOpenConflict(other, key)) {
            return;
        }
        long now = Math.min(one.host().time().epochMillis(), other.host().time().epochMillis());
        long hlc = Math.max(
                Hlc.ofMillis(now),
                1 + Math.max(hlcOf(one.store().newest(key)), hlcOf(other.store().newest(key))));
        if (Hlc.millis(hlc) > now + SimNode.MAX_SKEW_MILLIS) {
            return;
        }
        for (SimNode node : List.of(one, other)) {
            try {
                node.onBehalfOfClient(() -> plant(node, key, hlc));
            } catch (KvsException e) {
                tally.count("refused: " + e.code().code());
            }
        }
        tally.count(Misfortune.IDENTICAL_TIMESTAMPS);
    }

    private void plant(SimNode node, Key key, long hlc) {
        Version current = node.store().newest(key);
        VersionVector seen = current == null ? VersionVector.EMPTY : current.vector();
        UUID uuid = Uuids.version7(Hlc.millis(hlc), random.nextLong(), random.nextLong());
        Proposal exact = Proposal.live(key, uuid, seen, Version.NEVER, Acl.UNOWNED, json())
                .replacing(current)
                .at(hlc);
        var commit = node.store().write(List.of(exact), List.of());
        commit.await();
        kept(node, "planted rivals", new Written(commit.versions().getFirst(), false, 1));
    }

    private static boolean hasOpenConflict(SimNode node, Key key) {
        Conflict conflict = node.store().conflict(key);
        return conflict != null && conflict.isOpen();
    }

    private static long hlcOf(@Nullable Version version) {
        return version == null ? 0 : version.hlc();
    }

    /** The client has its answer. From now on the write must not get lost. */
    private void kept(SimNode node, String kind, Written written) {
        Version version = written.version();
        tally.count(kind);
        tally.count(version.key().isSystem() ? "writes of the system" : "writes of documents");
        trace.note("acknowledged " + version);
        Promises.Promise promise = promises.add(version);
        if (random.chance(0.3)) {
            int wanted = (int) random.between(2, nodes.size());
            node.replication()
                    .copies()
                    .reaching(version.dot(), wanted, ACKS_WAIT_MILLIS)
                    .thenAccept(copies -> {
                        promise.confirmed(copies);
                        tally.count(copies >= wanted ? "copies reached" : "copies not reached in time");
                        trace.note("on " + copies + " nodes: " + version.uuid());
                    });
        }
    }
}
