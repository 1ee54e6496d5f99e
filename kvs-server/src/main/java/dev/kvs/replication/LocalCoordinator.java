package dev.kvs.replication;

import dev.kvs.model.Acl;
import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.KvsException;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Check;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.security.Rights;
import dev.kvs.storage.Commit;
import dev.kvs.storage.Proposal;
import dev.kvs.storage.Store;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.ImportMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of gossip mode: a write is acknowledged when this node's log has it. Each write decides its conditions
 * and reads what it replaces under the key's stripe, enters the log, lets the stripe go, and only then waits for the sync,
 * so that many writers of one key still share one sync.
 */
public final class LocalCoordinator implements Coordinator {
    private final Store store;
    private final Time time;
    private final Randomness randomness;
    private final CoordinatorSettings settings;
    private final IdempotentAnswers answers;
    private final Patching patching;
    private final Stripes stripes;
    private final Copies copies;
    private final Admission admission;
    private final BlindDeletes blindDeletes;

    /**
     * A coordinator of one store.
     *
     * @param stripes shared with whatever else writes to the store
     * @param copies counts the nodes that hold a write
     * @param admission asked before every write
     */
    public LocalCoordinator(
            Store store,
            Stripes stripes,
            Copies copies,
            Admission admission,
            Time time,
            Randomness randomness,
            CoordinatorSettings settings) {
        this.stripes = stripes;
        this.copies = copies;
        this.admission = admission;
        this.store = store;
        this.time = time;
        this.randomness = randomness;
        this.settings = settings;
        this.answers = new IdempotentAnswers(settings.idempotencyWindowMillis(), time);
        this.patching = new Patching(settings.maxJsonBytes());
        this.blindDeletes = new BlindDeletes(settings.blindDeletesPerDay(), time);
    }

    /** Deletions since the start of keys that the store had never seen. */
    public long blindDeletes() {
        return blindDeletes.all();
    }

    @Override
    public Written put(Key key, byte[] json, Expiry expiry, WriteOptions options) {
        return one(
                options,
                () -> write(
                        key,
                        options,
                        Permit.TO_PUT,
                        (current, acl) -> live(key, current, acl, json, expiresAt(expiry))));
    }

    @Override
    public Written patch(Key key, PatchFormat format, byte[] patch, WriteOptions options) {
        return one(
                options,
                () -> write(key, options, Permit.TO_PATCH, (current, acl) -> {
                    Version base = Check.present(visible(current), "only what is visible may be patched");
                    byte[] body = Check.present(base.body(), "a visible version has a body");
                    return live(key, current, acl, patching.apply(format, body, patch), base.expiresAt());
                }));
    }

    @Override
    public Written delete(Key key, WriteOptions options) {
        return one(
                options,
                () -> write(key, options, Permit.TO_DELETE, (current, acl) -> tombstone(key, current, acl, options)));
    }

    @Override
    public Written restore(Key key, UUID revision, WriteOptions options) {
        return one(
                options,
                () -> write(key, options, Permit.TO_RESTORE, (current, acl) -> {
                    Version old = find(key, revision, options.rights());
                    byte[] body = old.body();
                    if (old.kind() == Kind.TOMBSTONE || body == null) {
                        throw new KvsException(
                                ErrorCode.REVISION_NOT_FOUND,
                                "The revision " + revision + " of " + key + " has no document: "
                                        + (body == null ? "it expired." : "it is a deletion."));
                    }
                    Version base = visible(current);
                    return live(key, current, acl, body, base == null ? Version.NEVER : base.expiresAt());
                }));
    }

    @Override
    public Written describe(Key key, Description description, WriteOptions options) {
        return one(
                options,
                () -> write(key, options, Permit.TO_DESCRIBE, (current, acl) -> {
                    Version base = Check.present(visible(current), "only what is visible may be described");
                    byte[] body = Check.present(base.body(), "a visible version has a body");
                    Expiry expiry = description.expiry();
                    long expiresAt = expiry == null ? base.expiresAt() : expiresAt(expiry);
                    return live(key, current, description.acl().apply(acl), body, expiresAt);
                }));
    }

    @Override
    public List<Written> batch(List<Operation> operations, WriteOptions options) {
        List<Written> written = once(options, () -> {
            store.awaitRoom();
            List<Boolean> created = new ArrayList<>(operations.size());
            List<Key> keys = operations.stream().map(Operation::key).toList();
            Commit commit = stripes.holdingAll(keys, () -> write(options, proposals(operations, created, options)));
            commit.await();
            List<Written> durable = new ArrayList<>(operations.size());
            for (int i = 0; i < operations.size(); i++) {
                durable.add(new Written(commit.versions().get(i), created.get(i), 1));
            }
            return List.copyOf(durable);
        });
        int acks = written.isEmpty() ? 1 : acknowledged(written.getLast(), options);
        return written.stream().map(one -> one.heldBy(acks)).toList();
    }

    @Override
    public Loaded load(List<Incoming> documents, ImportMode mode, WriteOptions options) {
        admit(options);
        store.awaitRoom();
        Arriving arriving = new Arriving(mode, options.rights());
        List<Key> keys = documents.stream().map(Incoming::key).toList();
        Commit commit = stripes.holdingAll(keys, () -> {
            documents.forEach(arriving::decide);
            return write(options, arriving.proposals);
        });
        commit.await();
        int stored = arriving.proposals.size();
        return new Loaded(stored - arriving.replaced, arriving.replaced, documents.size() - stored);
    }

    /** Documents from elsewhere that are being decided on, under their keys' stripes. */
    private final class Arriving {
        private final ImportMode mode;
        private final Rights rights;
        private final List<Proposal> proposals = new ArrayList<>();
        private int replaced;

        Arriving(ImportMode mode, Rights rights) {
            this.mode = mode;
            this.rights = rights;
        }

        void decide(Incoming document) {
            Version current = store.newest(document.key());
            Version before = visible(current);
            // Also where nothing is written: a document that is skipped would tell that its key is there.
            Acl acl = Permit.TO_PUT.of(rights, document.key(), before, current);
            if (before == null || replaces(document, before)) {
                replaced += before == null ? 0 : 1;
                proposals.add(live(document.key(), current, acl, document.json(), expiresAt(document.expiry())));
            }
        }

        private boolean replaces(Incoming document, Version stored) {
            return switch (mode) {
                case SKIP -> false;
                case OVERWRITE -> true;
                case NEWER -> document.timestamp() > Hlc.millis(stored.hlc());
            };
        }
    }

    /** Each operation is decided against what the operations before it leave behind. */
    private List<Proposal> proposals(List<Operation> operations, List<Boolean> created, WriteOptions options) {
        Map<Key, Boolean> exists = new HashMap<>();
        List<Proposal> proposals = new ArrayList<>(operations.size());
        for (Operation operation : operations) {
            Key key = operation.key();
            Version current = store.newest(key);
            Version before = visible(current);
            Permit permit = operation instanceof Operation.Put ? Permit.TO_PUT : Permit.TO_DELETE;
            Acl acl = permit.of(options.rights(), key, before, current);
            if (exists.containsKey(key) && !operation.conditions().isEmpty()) {
                throw new KvsException(
                        ErrorCode.INVALID_REQUEST,
                        "The batch writes " + key + " twice and puts a condition on the second write. Put the condition"
                                + " on the first.");
            }
            requireConditions(key, before, operation.conditions());
            boolean existed = exists.getOrDefault(key, before != null);
            created.add(!existed && operation instanceof Operation.Put);
            exists.put(key, operation instanceof Operation.Put);
            proposals.add(
                    switch (operation) {
                        case Operation.Put put -> live(key, current, acl, put.json(), expiresAt(put.expiry()));
                        case Operation.Delete ignored -> tombstone(key, current, acl, options);
                    });
        }
        return proposals;
    }

    /** Makes a proposal from the newest version of its key, null when there is none, and the permissions it gets. */
    private interface Change {
        Proposal from(@Nullable Version current, Acl acl);
    }

    private Written one(WriteOptions options, Supplier<Written> work) {
        Written written = once(options, () -> List.of(work.get())).getFirst();
        return written.heldBy(acknowledged(written, options));
    }

    /**
     * Makes a write durable here, or finds what was written when the request came before. Whoever repeats it because the copies
     * were not reached waits for them again.
     */
    private List<Written> once(WriteOptions options, Supplier<List<Written>> work) {
        return answers.once(options.idempotency(), () -> {
            admit(options);
            return work.get();
        });
    }

    private Written write(Key key, WriteOptions options, Permit permit, Change change) {
        store.awaitRoom();
        Decided decided = stripes.holding(key, () -> {
            Version current = store.newest(key);
            Version before = visible(current);
            Acl acl = permit.of(options.rights(), key, before, current);
            requireConditions(key, before, options.conditions());
            return new Decided(before != null, write(options, List.of(change.from(current, acl))));
        });
        decided.commit.await();
        Version written = decided.commit.versions().getFirst();
        boolean created = !decided.existed && written.kind() != Kind.TOMBSTONE;
        return new Written(written, created, 1);
    }

    /** How many nodes hold a write that is durable here; waits until there are as many as were asked for. */
    private int acknowledged(Written written, WriteOptions options) {
        Dot dot = written.version().dot();
        if (options.acks() <= 1) {
            return copies.now(dot);
        }
        int acks =
                copies.reaching(dot, options.acks(), settings.acksWaitMillis()).join();
        if (acks < options.acks()) {
            throw new KvsException(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "The write is durable on " + acks + " of the " + options.acks()
                            + " nodes that were asked for after "
                            + settings.acksWaitMillis() + " ms. It will reach the others when they can be reached; do"
                            + " not repeat it without an Idempotency-Key.");
        }
        return acks;
    }

    /** Whoever writes has been shown the winner, so this write settles what is open about its key. */
    private Commit write(WriteOptions options, List<Proposal> proposals) {
        List<Conflict> settled = new ArrayList<>();
        for (Proposal proposal : proposals) {
            Conflict conflict = store.conflict(proposal.key());
            if (conflict != null && conflict.isOpen()) {
                settled.add(conflict.closedBy(proposal.uuid(), time.epochMillis()));
            }
        }
        return store.write(options.rights().caller().name(), proposals, settled);
    }

    /** A write that has its place in the log: whether it replaces a visible document, and how to wait for it. */
    private record Decided(boolean existed, Commit commit) {}

    private Proposal live(Key key, @Nullable Version current, Acl acl, byte[] json, long expiresAt) {
        return Proposal.live(shared(key, current), uuid(), seen(key, current), expiresAt, acl, json)
                .replacing(current);
    }

    private Proposal tombstone(Key key, @Nullable Version current, Acl acl, WriteOptions options) {
        if (current == null) {
            blindDeletes.count(options.rights());
        }
        return Proposal.tombstone(shared(key, current), uuid(), seen(key, current), acl)
                .replacing(current);
    }

    /** The key object that older versions use already: thousands of versions in memory then share a few keys. */
    private static Key shared(Key key, @Nullable Version current) {
        return current == null ? key : current.key();
    }

    private VersionVector seen(Key key, @Nullable Version current) {
        VersionVector seen = current == null ? VersionVector.EMPTY : current.vector();
        Conflict conflict = store.conflict(key);
        return conflict == null || !conflict.isOpen() ? seen : seen.merge(conflict.seenByAll());
    }

    private @Nullable Version visible(@Nullable Version version) {
        return version != null && version.isLiveAt(time.epochMillis()) ? version : null;
    }

    private long expiresAt(Expiry expiry) {
        return switch (expiry) {
            case Expiry.Default ignored -> endOf(settings.defaultTtlMillis());
            case Expiry.Never ignored -> Version.NEVER;
            case Expiry.After after -> endOf(after.millis());
            case Expiry.At at -> at.millis();
        };
    }

    /** When a life that begins now ends; 0 has no end. */
    private long endOf(long life) {
        return life == 0 ? Version.NEVER : Math.addExact(time.epochMillis(), life);
    }

    /** A revision that the caller may read, for restoring shows it. */
    private Version find(Key key, UUID revision, Rights rights) {
        for (Version version : store.history(key).versions()) {
            if (version.uuid().equals(revision) && rights.mayRead(version.acl())) {
                return version;
            }
        }
        throw new KvsException(
                ErrorCode.REVISION_NOT_FOUND,
                "The revision " + revision + " of " + key + " is not kept here; see its history for those that are.");
    }

    private UUID uuid() {
        return Uuids.version7(time.epochMillis(), randomness.nextLong(), randomness.nextLong());
    }

    private static void requireConditions(Key key, @Nullable Version current, List<Condition> conditions) {
        for (Condition condition : conditions) {
            if (!condition.holds(current)) {
                throw new KvsException(
                        ErrorCode.PRECONDITION_FAILED,
                        current == null
                                ? key + " is not stored here."
                                : "The current version of " + key + " is \"" + current.uuid()
                                        + "\". Read it again and repeat the change on it.");
            }
        }
    }

    private void admit(WriteOptions options) {
        admission.check();
        int possible = copies.possible();
        if (options.acks() > possible) {
            throw new KvsException(
                    ErrorCode.QUORUM_UNAVAILABLE,
                    "The write asks for " + options.acks() + " copies but " + possible + " of the cluster's nodes can"
                            + " be reached, this one included. Nothing was written; lower acks.");
        }
    }
}
