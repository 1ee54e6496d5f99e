package dev.kvs.replication;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.wire.ImportMode;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests into versions and acknowledges them. Every method blocks until the write is durable (fsynced in this
 * node's log) and then returns; it throws {@link KvsException} when the write is refused, and nothing was written then.
 *
 * <p>Refusals common to all: {@code precondition_failed}, {@code read_only}, {@code syncing}, {@code overloaded},
 * {@code shutting_down}, {@code storage_failed}, {@code idempotency_mismatch}; {@code outcome_unknown} when the write is
 * durable here but the asked-for number of copies was not reached.
 */
public interface Coordinator {
    /** Stores a document. {@code json} is kept as given: the caller has checked it and must not change it afterwards. */
    Written put(Key key, byte[] json, Expiry expiry, WriteOptions options);

    /** Applies a patch to the stored document; {@code not_found}, {@code invalid_patch}, {@code patch_conflict}. */
    Written patch(Key key, PatchFormat format, byte[] patch, WriteOptions options);

    /** Deletes a key; succeeds for one that is not here, because its write may be on the way. */
    Written delete(Key key, WriteOptions options);

    /** Writes an old revision's document again as a new version; {@code revision_not_found}. */
    Written restore(Key key, UUID revision, WriteOptions options);

    /** Changes what is known about a document and leaves the document; {@code not_found}. For its owner, or an administrator. */
    Written describe(Key key, Description description, WriteOptions options);

    /** All or nothing, in one log frame. Conditions of each operation are decided against the operations before it. */
    List<Written> batch(List<Operation> operations, WriteOptions options);

    /**
     * Stores documents that come from elsewhere, in one log frame, where the mode lets them. All are refused when one may not be
     * written.
     *
     * @param documents each key at most once
     * @param options who writes
     */
    Loaded load(List<Incoming> documents, ImportMode mode, WriteOptions options);

    /**
     * A document that comes from elsewhere.
     *
     * @param timestamp when it was written there, milliseconds since the epoch; {@link ImportMode#NEWER} compares it
     */
    record Incoming(Key key, byte[] json, Expiry expiry, long timestamp) {}

    /** What became of documents from elsewhere, in numbers. */
    record Loaded(int created, int replaced, int skipped) {}

    /**
     * What became of a write.
     *
     * @param version the version as stored
     * @param created whether the key had no visible document before
     * @param acks how many nodes hold it durably, this one included
     */
    record Written(Version version, boolean created, int acks) {
        /** The same, now that so many nodes hold it. */
        Written heldBy(int nodes) {
            return new Written(version, created, nodes);
        }

        /** The same without the document. */
        Written withoutBody() {
            return new Written(version.withoutBody(), created, acks);
        }
    }

    /**
     * What to change about a document.
     *
     * @param acl makes the new permissions of the old
     * @param expiry from now; null leaves it as it is
     */
    record Description(UnaryOperator<Acl> acl, @Nullable Expiry expiry) {}

    /** How a patch is written: RFC 7396 or RFC 6902. */
    enum PatchFormat {
        MERGE_PATCH,
        JSON_PATCH
    }

    /** One entry of a batch. */
    sealed interface Operation {
        Key key();

        List<Condition> conditions();

        /** Stores a document. */
        record Put(Key key, byte[] json, Expiry expiry, List<Condition> conditions) implements Operation {}

        /** Deletes a key. */
        record Delete(Key key, List<Condition> conditions) implements Operation {}
    }
}
