package dev.kvs.boot;

import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.Reader;
import dev.kvs.replication.WriteOptions;
import dev.kvs.wire.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Refuses everything: stands behind the door while no store is joined to it. */
final class WithoutStorage implements Coordinator, Reader {
    /** An engine that answers every request for data with 503 {@code storage_failed}. */
    static Engine engine() {
        WithoutStorage nothing = new WithoutStorage();
        return new Engine(nothing, nothing, List.of(), () -> {});
    }

    private static KvsException refusal() {
        return new KvsException(ErrorCode.STORAGE_FAILED, "This build of the node has no store.");
    }

    @Override
    public Written put(Key key, byte[] json, Expiry expiry, WriteOptions options) {
        throw refusal();
    }

    @Override
    public Written patch(Key key, PatchFormat format, byte[] patch, WriteOptions options) {
        throw refusal();
    }

    @Override
    public Written delete(Key key, WriteOptions options) {
        throw refusal();
    }

    @Override
    public Written restore(Key key, UUID revision, WriteOptions options) {
        throw refusal();
    }

    @Override
    public List<Written> batch(List<Operation> operations, WriteOptions options) {
        throw refusal();
    }

    @Override
    public Optional<Version> get(Key key) {
        throw refusal();
    }

    @Override
    public Optional<Version> revision(Key key, UUID uuid) {
        throw refusal();
    }

    @Override
    public AsOf asOf(Key key, long millis) {
        throw refusal();
    }

    @Override
    public List<Revision> history(Key key) {
        throw refusal();
    }

    @Override
    public Page range(RangeQuery query) {
        throw refusal();
    }

    @Override
    public Children children(@Nullable Key prefix, @Nullable String after, int limit) {
        throw refusal();
    }

    @Override
    public Tree tree(@Nullable Key prefix, int depth, int limit) {
        throw refusal();
    }
}
