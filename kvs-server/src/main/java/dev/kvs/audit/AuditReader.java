package dev.kvs.audit;

import dev.kvs.model.StoreId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an audit log while it is written: verifies it, searches it, finds the hash of a block. For any thread. */
public final class AuditReader {
    private final AuditLog log;

    public AuditReader(AuditLog log) {
        this.log = log;
    }

    /** Follows the whole chain, from the signed anchor to the head. Reads every byte of it, one segment in memory at a time. */
    public AuditVerdict verify() throws IOException {
        log.keeping().lock();
        try {
            AuditLog.Snapshot now = log.snapshot();
            Place oldest = now.segments().getFirst().begin();
            ChainVerifier verifier = new ChainVerifier(oldest);
            if (!log.isAnchored(oldest)) {
                verifier.breakAt(oldest.segment(), 0, 0, "no signed anchor says that the log begins here");
            }
            boolean whole = true;
            for (AuditLog.Segment segment : now.segments()) {
                long number = segment.begin().segment();
                byte[] bytes = log.files().read(number);
                whole = whole && verifier.follow(bytes, lengthOf(segment, now, bytes), number);
            }
            if (whole) {
                verifier.mustEndAt(now.end());
            }
            return verifier.result();
        } finally {
            log.keeping().unlock();
        }
    }

    /** What is being appended to the last segment meanwhile does not count. */
    private static int lengthOf(AuditLog.Segment segment, AuditLog.Snapshot now, byte[] bytes) {
        boolean last = segment.begin().segment() == now.end().segment();
        return last ? (int) Math.min(bytes.length, now.end().offset()) : bytes.length;
    }

    /** The stores whose chains are kept here, the present one first; at most so many. */
    public List<StoreId> chains(int most) {
        List<StoreId> stores = new ArrayList<>();
        for (Place beginning : log.beginnings().reversed()) {
            StoreId store = beginning.store();
            if (stores.size() < most && !stores.contains(store)) {
                stores.add(store);
            }
        }
        return stores;
    }

    /** What this log says of a block that somebody has heard of. */
    public Lookup find(StoreId store, long block) throws IOException {
        log.keeping().lock();
        try {
            AuditLog.Snapshot now = log.snapshot();
            List<AuditLog.Segment> segments = now.segments();
            boolean known = false;
            for (int i = segments.size() - 1; i >= 0; i--) {
                Place begin = segments.get(i).begin();
                if (begin.store().equals(store)) {
                    known = true;
                    if (block == begin.block()) {
                        return new Lookup(Lookup.Status.FOUND, begin.hash());
                    }
                    if (block > begin.block()) {
                        return findIn(segments.get(i), now, block);
                    }
                }
            }
            return new Lookup(known ? Lookup.Status.DROPPED : Lookup.Status.UNKNOWN, null);
        } finally {
            log.keeping().unlock();
        }
    }

    private Lookup findIn(AuditLog.Segment segment, AuditLog.Snapshot now, long number) throws IOException {
        byte[] bytes = log.files().read(segment.begin().segment());
        int length = lengthOf(segment, now, bytes);
        try {
            int offset = SegmentHeader.BYTES;
            while (offset < length) {
                Block block = Block.read(bytes, offset, length);
                if (block.number() == number) {
                    return new Lookup(Lookup.Status.FOUND, block.hash());
                }
                offset = block.end();
            }
        } catch (BrokenException e) {
            return new Lookup(Lookup.Status.BEYOND, null);
        }
        return new Lookup(Lookup.Status.BEYOND, null);
    }

    /** Entries that fit a query, newest first; reads {@link AuditSearch#SEGMENTS_MAX} segments at most. */
    public AuditPage search(AuditQuery query) throws IOException {
        log.keeping().lock();
        try {
            return new AuditSearch(log.files(), log.snapshot(), query).run();
        } finally {
            log.keeping().unlock();
        }
    }

    /**
     * What there is of a block.
     *
     * @param hash null unless it was found
     */
    public record Lookup(Status status, @Nullable Hash hash) {
        /** Whether there is such a block. */
        public enum Status {
            /** It is there. */
            FOUND(1),
            /** The chain ends before it. */
            BEYOND(2),
            /** It was dropped for the room. */
            DROPPED(3),
            /** There is no chain of this store. */
            UNKNOWN(4);

            private final int number;

            Status(int number) {
                this.number = number;
            }

            /** The number in messages. */
            public int number() {
                return number;
            }

            /** The status of a number, null for one that this release does not know. */
            public static @Nullable Status of(int number) {
                for (Status status : values()) {
                    if (status.number == number) {
                        return status;
                    }
                }
                return null;
            }
        }
    }
}
