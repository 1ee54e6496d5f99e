package dev.kvs.http;

import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.replication.Coordinator;
import dev.kvs.replication.Expiry;
import dev.kvs.replication.WriteOptions;
import dev.kvs.security.Rights;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.ImportMode;
import dev.kvs.wire.ImportReport;
import dev.kvs.wire.MediaTypes;
import dev.kvs.wire.Operation;
import dev.kvs.wire.Parameters;
import dev.kvs.wire.WireJson;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code POST /kv/_import}: documents of any number, stored in groups that cost one sync each. At the first line that is
 * broken it stops and says which, and what it has done: everything before that line is stored.
 */
final class ImportRoute {
    /** Documents of a group: a sync costs about as much as storing this many. */
    private static final int GROUP = 1_000;

    /** Bytes after which a group is stored: what an import holds in memory, with one document. */
    private static final long GROUP_BYTES = 4 << 20;

    private final Coordinator coordinator;
    private final WriteGate writes;
    private final Time time;
    private final int maxJsonBytes;

    ImportRoute(Coordinator coordinator, WriteGate writes, Time time, int maxJsonBytes) {
        this.coordinator = coordinator;
        this.writes = writes;
        this.time = time;
        this.maxJsonBytes = maxJsonBytes;
    }

    List<Route> routes() {
        return List.of(new Route(
                "POST",
                "/kv/" + Operation.IMPORT.segment(),
                Set.of(Parameters.MODE),
                List.of(MediaTypes.NDJSON, MediaTypes.JSON),
                Access.WRITE,
                Route.Lane.BULK,
                this::load));
    }

    private void load(Exchange exchange) {
        ImportMode mode = mode(exchange.query());
        ArrivingBody body = exchange.arrivingBody();
        ImportReader reader = new ImportReader(body::read, maxJsonBytes);
        Run run = new Run(mode, body, exchange::rightsNow);
        try {
            for (ImportReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
                run.take(entry);
            }
            if (reader.objects() == 0) {
                throw new KvsException(ErrorCode.INVALID_JSON, "The body is empty; send a line for each document.");
            }
            run.store();
        } catch (KvsException broken) {
            throw new ImportStoppedException(broken, run.stopped(reader.lines()));
        }
        Answers.message(exchange, Status.OK_200, WireJson.write(run.done(reader.lines())));
    }

    private static ImportMode mode(QueryParameters query) {
        String word = query.get(Parameters.MODE);
        if (word == null) {
            return ImportMode.SKIP;
        }
        return ImportMode.of(word)
                .orElseThrow(() -> QueryParameters.invalid(
                        Parameters.MODE,
                        "is "
                                + Arrays.stream(ImportMode.values())
                                        .map(ImportMode::word)
                                        .collect(Collectors.joining(", "))
                                + ", not " + Quoted.of(word)));
    }

    /** One import under way. */
    private final class Run {
        private final ImportMode mode;
        private final ArrivingBody body;
        private final Supplier<Rights> rights;
        private final List<Coordinator.Incoming> group = new ArrayList<>();
        private final Set<Key> keys = new HashSet<>();
        private long bytes;
        private long expired;
        /** How much of the group comes from lines that have been read to their end, and the last of these. */
        private int whole;

        private long wholeLine;
        private ImportReport done = ImportReport.NOTHING;

        Run(ImportMode mode, ArrivingBody body, Supplier<Rights> rights) {
            this.rights = rights;
            this.mode = mode;
            this.body = body;
        }

        void take(ImportReader.Entry entry) {
            Key key = key(entry);
            if (mode == ImportMode.NEWER && entry.timestamp() < 0) {
                throw entry.broken(ErrorCode.INVALID_REQUEST, "mode=newer compares timestamps, and here is none");
            }
            if (keys.contains(key) || group.size() >= GROUP || bytes >= GROUP_BYTES) {
                store();
            }
            if (entry.expiresAt() <= time.epochMillis()) {
                expired++;
            } else {
                keys.add(key);
                bytes += entry.json().length;
                group.add(new Coordinator.Incoming(key, entry.json(), expiry(entry), entry.timestamp()));
            }
            if (entry.isLast()) {
                whole = group.size();
                wholeLine = entry.line();
            }
        }

        private static Key key(ImportReader.Entry entry) {
            try {
                return Key.of(entry.key());
            } catch (KvsException refusal) {
                throw entry.broken(refusal.code(), refusal.detail());
            }
        }

        private static Expiry expiry(ImportReader.Entry entry) {
            if (entry.expiresAt() != Version.NEVER) {
                return new Expiry.At(entry.expiresAt());
            }
            // A line of an export says it when its document expires; a plain object says nothing.
            return entry.timestamp() < 0 ? new Expiry.Default() : new Expiry.Never();
        }

        void store() {
            store(group);
        }

        /** Keeps what stands before the line that is broken; what was done, as far as that can still be stored. */
        ImportReport stopped(long line) {
            try {
                store(group.subList(0, Math.min(whole, group.size())));
            } catch (KvsException cannotStoreEither) {
                return done(Math.min(done.lines(), line - 1));
            }
            return done(Math.min(done.lines(), line - 1));
        }

        private void store(List<Coordinator.Incoming> documents) {
            List<Coordinator.Incoming> incoming = List.copyOf(documents);
            long through = whole == 0 ? done.lines() : wholeLine;
            long left = expired;
            // Before they are stored: what is refused must neither be tried again as "what stands before the broken
            // line"
            // nor be counted as done.
            group.clear();
            keys.clear();
            bytes = 0;
            expired = 0;
            whole = 0;
            Coordinator.Loaded loaded = new Coordinator.Loaded(0, 0, 0);
            if (!incoming.isEmpty()) {
                writes.check();
                loaded = coordinator.load(incoming, mode, WriteOptions.by(rights.get()));
                body.rested();
            }
            done = new ImportReport(
                    through,
                    done.created() + loaded.created(),
                    done.replaced() + loaded.replaced(),
                    done.skipped() + loaded.skipped() + left);
        }

        ImportReport done(long lines) {
            return new ImportReport(lines, done.created(), done.replaced(), done.skipped());
        }
    }
}
