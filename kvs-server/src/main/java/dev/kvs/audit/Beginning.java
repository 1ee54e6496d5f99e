package dev.kvs.audit;

import dev.kvs.model.StoreId;
import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an audit log goes on when it is opened. Nothing that may be evidence is changed: blocks are cut off only behind what
 * the signed state says was synced, because those come again from the write-ahead log; where that state does not fit what is
 * there, the chain goes on in a new segment behind it, and verification names the break for ever after.
 *
 * @param segments that are kept, without the one that has to be made anew
 * @param end where the next block goes; at the beginning of a segment, that is made anew
 * @param finding what does not fit; null for nothing
 */
record Beginning(
        List<AuditLog.Segment> segments,
        Place end,
        List<Witness> witnesses,
        @Nullable String finding) {
    static Beginning find(Disk disk, AuditSettings settings, Segments files, StoreId store) throws IOException {
        AuditState state = AuditState.read(disk, settings.keys());
        if (state != null) {
            return resume(files, state);
        }
        List<Long> numbers = files.numbers();
        if (numbers.isEmpty() && !AuditState.exists(disk)) {
            Place first = Place.beginning(1, store, 0);
            new AuditState(first, first, List.of()).write(disk, settings.keys().getFirst());
            return new Beginning(List.of(), first, List.of(), null);
        }
        return salvage(files, numbers, store);
    }

    private static Beginning resume(Segments files, AuditState state) throws IOException {
        Place durable = state.durable();
        List<AuditLog.Segment> kept = new ArrayList<>();
        for (long number : files.numbers()) {
            if (number < state.oldest().segment() || number > durable.segment()) {
                files.delete(number);
            }
        }
        boolean fits = cutBehind(files, durable);
        Place before = null;
        for (long number = state.oldest().segment(); number <= durable.segment(); number++) {
            Place begin = files.beginning(number);
            boolean made = number == durable.segment() && durable.offset() == SegmentHeader.BYTES;
            if (!made) {
                // A segment that says nothing of itself any more still stands in the list, for verification to stumble
                // over.
                Place shown = begin == null ? standIn(number, before, state) : begin;
                kept.add(new AuditLog.Segment(shown, files.read(number).length));
                before = shown;
            }
        }
        if (fits) {
            return new Beginning(kept, durable, state.witnesses(), null);
        }
        return new Beginning(
                kept,
                durable.in(durable.segment() + 1),
                state.witnesses(),
                "The audit log's segment " + durable.segment() + " does not end as it did when it was synced, at block "
                        + durable.block() + ".");
    }

    private static Place standIn(long number, @Nullable Place before, AuditState state) {
        return (before == null ? state.oldest() : before).in(number);
    }

    /** Cuts off what was not synced; whether what was is there. */
    private static boolean cutBehind(Segments files, Place durable) throws IOException {
        if (durable.offset() == SegmentHeader.BYTES) {
            return true;
        }
        if (!files.exists(durable.segment())) {
            return false;
        }
        try (DiskFile file = files.open(durable.segment())) {
            ByteBuffer hash = ByteBuffer.allocate(Hash.BYTES);
            boolean there = file.read(hash, durable.offset() - Hash.BYTES) == Hash.BYTES
                    && Hash.read(hash.flip()).equals(durable.hash());
            if (there) {
                file.truncate(durable.offset());
            }
            return there;
        }
    }

    /** There is no state to be trusted: goes on behind the last segment, with what can be read of it. */
    private static Beginning salvage(Segments files, List<Long> numbers, StoreId store) throws IOException {
        List<AuditLog.Segment> kept = new ArrayList<>();
        Place end = Place.beginning(1, store, 0);
        for (long number : numbers) {
            Place begin = files.beginning(number);
            if (begin != null) {
                byte[] segment = files.read(number);
                kept.add(new AuditLog.Segment(begin, segment.length));
                end = endOf(segment, begin);
            }
        }
        long next = numbers.isEmpty() ? 1 : numbers.getLast() + 1;
        return new Beginning(
                kept,
                end.in(next),
                List.of(),
                "The audit log's state file is missing, was altered, or was signed with another cluster_secret.");
    }

    private static Place endOf(byte[] segment, Place begin) {
        MessageDigest sha256 = Hash.sha256();
        Place at = begin;
        try {
            for (int offset = SegmentHeader.BYTES; offset < segment.length; offset = (int) at.offset()) {
                Block block = Block.read(segment, offset, segment.length);
                block.verify(segment, at, sha256);
                at = at.behind(block);
            }
            return at;
        } catch (BrokenException e) {
            return at;
        }
    }
}
