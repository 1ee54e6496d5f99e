package dev.kvs.storage;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.format.ConflictCodec;
import dev.kvs.storage.format.Encoder;
import dev.kvs.storage.format.InlineActors;
import dev.kvs.storage.format.VersionCodec;
import dev.kvs.storage.log.LogBatch;
import dev.kvs.storage.log.RecordKind;
import java.io.IOException;

/** What one log record says. Each takes one log sequence; recovery does again what the records of a log say. */
sealed interface LogEntry {
    /** Appends the record to a frame. */
    void encode(LogBatch batch, InlineActors actors) throws IOException;

    /** A version of a key: key, timestamp, {@link VersionCodec}. */
    record Arrived(StoredVersion stored) implements LogEntry {
        @Override
        public void encode(LogBatch batch, InlineActors actors) throws IOException {
            putVersion(batch, RecordKind.VERSION, stored.version(), actors);
        }
    }

    /** A version from too far in the future, kept outside the key space: the same encoding. */
    record HeldBack(Version version) implements LogEntry {
        @Override
        public void encode(LogBatch batch, InlineActors actors) throws IOException {
            putVersion(batch, RecordKind.HELD, version, actors);
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
    }

    private static void putVersion(LogBatch batch, RecordKind kind, Version version, InlineActors actors)
            throws IOException {
        Encoder out = batch.begin(kind);
        out.putBlock(version.key().utf8()).putLong(version.hlc());
        VersionCodec.encode(out, version, actors, BodyCompression.OFF);
        batch.end();
    }
}
