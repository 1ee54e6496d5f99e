package dev.kvs.client;

import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.Paths;
import dev.kvs.wire.Query;

/** The calls that read. */
final class Reads {
    private Reads() {}

    /** The bare document; its version is in the headers. */
    static Call value(String key, Query query) {
        return Call.read(Paths.key(key) + query.flag(Parameters.RAW, true)).accept(MediaTypes.RAW_JSON);
    }

    static Call info(String key) {
        return value(key, new Query()).head();
    }

    static Call list(String prefix, ListQuery query) {
        return Call.read(Paths.operation(prefix, Operation.LS)
                + new Query()
                        .with(Parameters.LIMIT, query.limit())
                        .with(Parameters.AFTER, query.after())
                        .when(Parameters.INCLUDE_METADATA, query.includeMetadata()));
    }

    static Call tree(String prefix, int depth, int limit, String format) {
        return Call.read(Paths.operation(prefix, Operation.TREE)
                + new Query()
                        .with(Parameters.DEPTH, depth)
                        .with(Parameters.LIMIT, limit)
                        .with(Parameters.FORMAT, format));
    }

    static Call range(RangeQuery query) {
        return Call.read(Paths.operation("", Operation.RANGE)
                + new Query()
                        .with(Parameters.START_KEY, query.startKey())
                        .with(Parameters.END_KEY, query.endKey())
                        .with(Parameters.LIMIT, query.limit())
                        .with(Parameters.AFTER, query.after())
                        .when(Parameters.KEYS_ONLY, query.keysOnly())
                        .when(Parameters.REVERSE, query.reverse()));
    }

    static Call audit(AuditFilter filter) {
        return Call.read(Paths.AUDIT
                + new Query()
                        .with(
                                Parameters.SINCE,
                                filter.since() == null ? null : filter.since().toEpochMilli())
                        .with(Parameters.ACTOR, filter.actor())
                        .with(Parameters.KEY, filter.keyPrefix())
                        .with(Parameters.KIND, filter.kind())
                        .with(Parameters.LIMIT, filter.limit())
                        .with(Parameters.AFTER, filter.after()));
    }

    static Call conflicts(ConflictQuery query) {
        return Call.read(Paths.CONFLICTS
                + new Query()
                        .with(Parameters.KEY, query.key())
                        .with(
                                Parameters.SINCE,
                                query.since() == null ? null : query.since().toEpochMilli())
                        .with(Parameters.LIMIT, query.limit())
                        .with(Parameters.AFTER, query.after()));
    }
}
