package dev.kvs.storage;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.format.ConflictCodec;
import dev.kvs.storage.format.DamagedException;
import dev.kvs.storage.format.Decoder;
import dev.kvs.storage.format.Encoder;
import dev.kvs.storage.format.InlineActors;
import dev.kvs.storage.format.VersionCodec;
import dev.kvs.storage.log.LogBatch;
import dev.kvs.storage.log.LogRecord;
import dev.kvs.storage.log.RecordKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What one log record says. Each takes one log sequence. Recovery reads them again, does again what they say, and tells the
 * {@link Trail} the same as it was told when they were written.
 */
sealed interface LogEntry {
    /** Appends the record to a frame. */
    void encode(LogBatch batch, InlineActors actors) throws IOException;

    /** Tells the trail of it, if that is to know. */
    default void tell(Trail trail, long seq) throws IOException {}

    /** Reads a record that {@link #encode} wrote. */
    static LogEntry decode(LogRecord logRecord, InlineActors actors) throws IOException {
        Decoder in = new Decoder(logRecord.bytes());
        return switch (logRecord.kind()) {
            case VERSION -> new Arrived(new StoredVersion(logRecord.sequence(), version(in, actors)));
            case WRITTEN -> {
                String actor = new String(in.getBlock(), StandardCharsets.UTF_8);
                yield new Written(new StoredVersion(logRecord.sequence(), version(in, actors)), actor);
            }
            case HELD -> new HeldBack(version(in, actors));
            case CONFLICT -> new Disputed(ConflictCodec.decode(in, Key.ofStored(in.getBlock())));
            case KNOWLEDGE -> {
                StoreId store = new StoreId(in.getUuid());
                long upTo = in.getVarint();
                yield upTo == 0 ? new Met(store) : new Heard(new Dot(store, upTo));
            }
            case STORE -> new Renamed(new StoreId(in.getUuid()), in.getVarint());
            case AUDIT -> new Noted(logRecord.bytes());
            case MEMBER, PREPARE, COMMIT, ABORT, SLOT, EPOCH ->
                throw new DamagedException("The log has a record of kind " + logRecord.kind()
                        + ", which this release does not write; start the release that wrote it.");
        };
    }

    private static Version version(Decoder in, InlineActors actors) throws IOException {
        Key key = Key.ofStored(in.getBlock());
        return VersionCodec.decode(in, key, in.getLong(), actors);
    }

    /** A version of a key: key, timestamp, {@link VersionCodec}. */
    record Arrived(StoredVersion stored) implements LogEntry {
        @Override
        public void encode(LogBatch batch, InlineActors actors) throws IOException {
            putVersion(batch.begin(RecordKind.VERSION), stored.version(), actors);
            batch.end();
        }
    }

    /** A version that this store has written itself: who asked for it, then as {@link Arrived}. */
    record Written(StoredVersion stored, String actor) implements LogEntry {
        @Override
        public void encode(LogBatch batch, InlineActors actors) throws IOException {
            Encoder out = batch.begin(RecordKind.WRITTEN);
            out.putBlock(actor.getBytes(StandardCharsets.UTF_8));
            putVersion(out, stored.version(), actors);
            batch.end();
        }

        @Override
        public void tell(Trail trail, long seq) throws IOException {
            trail.written(seq, actor, stored.version());
        }
    }

    /** An event that only the trail understands. */
    record Noted(byte[] event) implements LogEntry {
        @Override
        public void encode(LogBatch batch, InlineActors actors) {
            batch.begin(RecordKind.AUDIT).putBytes(event);
            batch.end();
        }

        @Override
        public void tell(Trail trail, long seq) throws IOException {
            trail.noted(seq, event);
        }
    }

    /** A version from too far in the future, kept outside the key space: the same encoding. */
    record HeldBack(Version version) implements LogEntry {
        @Override
        public void encode(LogBatch batch, InlineActors actors) throws IOException {
            putVersion(batch.begin(RecordKind.HELD), version, actors);
            batch.end();
        }
    }

    /** From here on everything of a store up to this sequence is here, or was pruned where it came from. */
    record Heard(Dot upTo) implements LogEntry {
        @Override
        public void encode(LogBatch batch, InlineActors actors) {
            batch.begin(RecordKind.KNOWLEDGE).putUuid(upTo.store().value()).putVarint(upTo.sequence());
            batch.end();
        }
    }

    /** A store was met that may hold anything: {@link Heard} with the sequence 0. */
    record Met(StoreId store) implements LogEntry {
        @Override
        public void encode(LogBatch batch, InlineActors actors) {
            batch.begin(RecordKind.KNOWLEDGE).putUuid(store.value()).putVarint(0);
            batch.end();
        }
    }

    /** From here on this store goes by another name; of the old one no more is known than up to {@code common}, from 0. */
    record Renamed(StoreId next, long common) implements LogEntry {
        @Override
        public void encode(LogBatch batch, InlineActors actors) {
            batch.begin(RecordKind.STORE).putUuid(next.value()).putVarint(common);
            batch.end();
        }

        @Override
        public void tell(Trail trail, long seq) throws IOException {
            trail.renamed(seq, next);
        }
    }

    /** The conflict of a key as it stands now: key, {@link ConflictCodec}. */
    record Disputed(Conflict conflict) implements LogEntry {
        @Override
        public void encode(LogBatch batch, InlineActors actors) {
            Encoder out = batch.begin(RecordKind.CONFLICT);
            out.putBlock(conflict.key().utf8());
            ConflictCodec.encode(out, conflict);
            batch.end();
        }

        @Override
        public void tell(Trail trail, long seq) throws IOException {
            trail.disputed(seq, conflict);
        }
    }

    private static void putVersion(Encoder out, Version version, InlineActors actors) throws IOException {
        out.putBlock(version.key().utf8()).putLong(version.hlc());
        VersionCodec.encode(out, version, actors, BodyCompression.OFF);
    }
}
