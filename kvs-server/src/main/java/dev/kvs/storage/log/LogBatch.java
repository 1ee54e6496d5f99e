package dev.kvs.storage.log;

import dev.kvs.platform.Check;
import dev.kvs.storage.format.Encoder;

/** The records of one frame while they are being collected. Reused; not safe for concurrent use. */
public final class LogBatch {
    /** Memory kept between batches: what 64 writers of small documents need many times over. */
    private static final int KEEP_BYTES = 1 << 20;

    private final Encoder bytes = new Encoder(KEEP_BYTES);
    private int count;
    private int open = -1;

    public LogBatch() {
        clear();
    }

    /** Begins a record; write its bytes into the encoder and call {@link #end}. */
    public Encoder begin(RecordKind kind) {
        Check.that(open < 0, "one record is written at a time");
        bytes.putByte(kind.number()).putInt(0);
        open = bytes.size();
        return bytes;
    }

    /** Ends the record begun last. */
    public void end() {
        Check.that(open >= 0, "a record was begun");
        bytes.setInt(open - 4, bytes.size() - open);
        open = -1;
        count++;
    }

    /** Number of records. */
    public int count() {
        return count;
    }

    /** Empties the batch for its next use. */
    public void clear() {
        bytes.clear(KEEP_BYTES);
        for (int i = 0; i < Frame.HEADER_BYTES / 8; i++) {
            bytes.putLong(0);
        }
        count = 0;
        open = -1;
    }

    /** The frame's bytes with room for the header in front. */
    Encoder bytes() {
        return bytes;
    }
}
