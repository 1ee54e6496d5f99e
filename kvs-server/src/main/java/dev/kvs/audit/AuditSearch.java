package dev.kvs.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One search: walks back from the newest entry, segment by segment, until the page is full or enough was read. */
final class AuditSearch {
    /** What one request may cost: about 32 MiB of the disk and a second. */
    static final int SEGMENTS_MAX = 8;

    /** The clock may have been set back by so much without hiding anything. */
    private static final long SLACK_MILLIS = 3_600_000;

    private final Segments files;
    private final AuditLog.Snapshot now;
    private final AuditQuery query;
    private final List<AuditPage.Found> found = new ArrayList<>();
    private boolean tooOld;

    AuditSearch(Segments files, AuditLog.Snapshot now, AuditQuery query) {
        this.files = files;
        this.now = now;
        this.query = query;
    }

    AuditPage run() throws IOException {
        EntryPlace after = query.after();
        int read = 0;
        List<AuditLog.Segment> segments = now.segments();
        for (int i = segments.size() - 1; i >= 0; i--) {
            long number = segments.get(i).begin().segment();
            if (after != null && number > after.segment()) {
                continue;
            }
            if (read == SEGMENTS_MAX) {
                return new AuditPage(found, new EntryPlace(number + 1, 0, 0));
            }
            read++;
            EntryPlace full = walk(number, after);
            if (full != null) {
                return new AuditPage(found, full);
            }
            if (tooOld) {
                break;
            }
        }
        return new AuditPage(found, null);
    }

    /** Walks one segment backwards; the place of the last entry when the page is full, else null. */
    private @Nullable EntryPlace walk(long number, @Nullable EntryPlace after) throws IOException {
        byte[] segment = files.read(number);
        boolean last = number == now.end().segment();
        int length = last ? (int) Math.min(segment.length, now.end().offset()) : segment.length;
        List<Block> blocks = blocks(segment, length);
        for (int i = blocks.size() - 1; i >= 0 && !tooOld; i--) {
            Block block = blocks.get(i);
            boolean bounded = after != null && number == after.segment();
            if (bounded && after != null && block.offset() > after.offset()) {
                continue;
            }
            int below =
                    bounded && after != null && block.offset() == after.offset() ? after.index() : Integer.MAX_VALUE;
            EntryPlace full = walk(block, segment, number, below);
            if (full != null) {
                return full;
            }
            tooOld = block.millis() < query.since() - SLACK_MILLIS;
        }
        return null;
    }

    private @Nullable EntryPlace walk(Block block, byte[] segment, long number, int below) {
        List<AuditEntry> entries;
        try {
            entries = EntryReader.all(block, segment);
        } catch (BrokenException e) {
            // What cannot be read cannot be found; verification says where it is.
            return null;
        }
        for (int i = Math.min(entries.size(), below) - 1; i >= 0; i--) {
            if (query.fits(entries.get(i))) {
                EntryPlace place = new EntryPlace(number, block.offset(), i);
                found.add(new AuditPage.Found(entries.get(i), block.number(), place));
                if (found.size() == query.limit()) {
                    return place;
                }
            }
        }
        return null;
    }

    /** The blocks up to the first that cannot be read. */
    private static List<Block> blocks(byte[] segment, int length) {
        List<Block> blocks = new ArrayList<>();
        try {
            int offset = SegmentHeader.BYTES;
            while (offset < length) {
                Block block = Block.read(segment, offset, length);
                blocks.add(block);
                offset = block.end();
            }
        } catch (BrokenException e) {
            return blocks;
        }
        return blocks;
    }
}
