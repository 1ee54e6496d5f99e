package dev.kvs.audit;

import dev.kvs.model.Conflict;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Disk;
import dev.kvs.platform.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The audit log of one data directory. One thread appends what the write-ahead log has made durable, record by record, and says
 * where a frame ends; then one block is sealed, and written some time, without a sync. {@link #sync} makes everything durable before the write-ahead
 * log is cut. {@link AuditReader} reads.
 *
 * <pre>
 * audit/state              what must at least be there, see {@link AuditState}
 * audit/0000000001.audit   segments, see {@link SegmentHeader} and {@link Block}
 * </pre>
 */
public final class AuditLog implements Closeable {
    static final Path DIRECTORY = Path.of("audit");

    /** The usual length from which on a segment is followed by another: a reader holds one of them in memory. */
    public static final int SEGMENT_BYTES = 4 << 20;

    /** Length of entries from which on a block ends within a frame. */
    static final int BLOCK_BYTES = 1 << 20;

    private static final Path ROOT = Path.of("");

    private final Disk disk;
    private final AuditSettings settings;
    private final Segments files;
    private final ReentrantLock lock = new ReentrantLock();

    /** Held for reading by whoever reads segments, so that none is dropped meanwhile. */
    private final ReentrantReadWriteLock kept = new ReentrantReadWriteLock();

    private final Deque<Segment> segments = new ArrayDeque<>();
    private final List<DiskFile> full = new ArrayList<>();
    private final EntryWriter entries = new EntryWriter(Block.HEADER_BYTES);
    private final MessageDigest sha256 = Hash.sha256();
    private final Witnesses witnesses = new Witnesses();

    /** What the state on the disk says; null when that has to be replaced. */
    private @Nullable Place durable;

    private Place end;

    /** The end of the last whole frame: only that is told again in the same way. */
    private Place settled;

    private Head announced;
    private boolean newsworthy;
    private OpenSegment last;
    private @Nullable String finding;
    private final LongAdder entriesWritten = new LongAdder();

    /** A segment that is kept and its length; that of the last one is where the chain ends. */
    record Segment(Place begin, long bytes) {}

    /** What is there at one moment. */
    record Snapshot(List<Segment> segments, Place end) {}

    private AuditLog(Disk disk, AuditSettings settings, Segments files, Beginning beginning) throws IOException {
        this.disk = disk;
        this.settings = settings;
        this.files = files;
        this.segments.addAll(beginning.segments());
        this.finding = beginning.finding();
        this.end = beginning.end();
        this.durable = finding == null ? end : null;
        this.settled = end;
        this.announced = end.head();
        this.witnesses.addAll(beginning.witnesses());
        boolean anew = segments.isEmpty() || segments.getLast().begin().segment() != end.segment();
        this.last = new OpenSegment(anew ? files.create(end) : files.open(end.segment()), end.offset());
        if (anew) {
            segments.add(new Segment(end, end.offset()));
        }
    }

    /**
     * Opens the log of a data directory, or begins one. What was not synced when it was used last is gone and has to be appended
     * again, from {@link #reached} on.
     *
     * @param store whose chain begins when there is none yet
     */
    public static AuditLog open(Disk disk, AuditSettings settings, StoreId store) throws IOException {
        disk.createDirectories(DIRECTORY);
        disk.syncDirectory(ROOT);
        Segments files = new Segments(disk);
        Beginning beginning = Beginning.find(disk, settings, files, store);
        return new AuditLog(disk, settings, files, beginning);
    }

    /** The last log sequence that the blocks cover. */
    public long reached() {
        return settled.through();
    }

    /** What was found to be wrong with the files when the log was opened; null for nothing. */
    public @Nullable String finding() {
        return finding;
    }

    /** A write of this node. */
    public void written(long seq, String actor, Version version) throws IOException {
        lock.lock();
        try {
            entries.add(actor, version);
            newsworthy = true;
            endLongBlock(seq);
        } finally {
            lock.unlock();
        }
    }

    /** An event, as {@link AuditEntry#encode} made it. */
    public void noted(long seq, byte[] event) throws IOException {
        lock.lock();
        try {
            Witness witness = Witness.of(event);
            if (witness != null) {
                witnesses.put(witness);
            }
            newsworthy |= witness == null;
            entries.addEncoded(event);
            endLongBlock(seq);
        } finally {
            lock.unlock();
        }
    }

    /** A conflict as it stands now. */
    public void disputed(long seq, Conflict conflict) throws IOException {
        lock.lock();
        try {
            entries.add(conflict);
            newsworthy = true;
            endLongBlock(seq);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the chain and begins that of another store; nothing when it is that of this store already. */
    public void renamed(long seq, StoreId next) throws IOException {
        lock.lock();
        try {
            if (next.equals(end.store())) {
                return;
            }
            endBlock(seq - 1);
            Head before = end.head();
            // A store's id is a UUID of version 7 and begins with the time at which it was made.
            long millis = next.value().getMostSignificantBits() >>> 16;
            startSegment(Place.beginning(end.segment() + 1, next, end.through()));
            entries.add(new AuditEntry(
                    EventKind.STORE,
                    millis,
                    "",
                    "",
                    before.store().value(),
                    before.hash(),
                    "follows block " + before.block()));
            newsworthy = true;
            endLongBlock(seq);
        } finally {
            lock.unlock();
        }
    }

    /** A frame of the write-ahead log ends: what was appended since the last one becomes a block. */
    public void ended(long seq) throws IOException {
        lock.lock();
        try {
            endBlock(seq);
            settled = end;
        } finally {
            lock.unlock();
        }
    }

    private void endLongBlock(long seq) throws IOException {
        if (entries.size() >= BLOCK_BYTES) {
            endBlock(seq);
        }
    }

    private void endBlock(long through) throws IOException {
        if (entries.count() == 0) {
            return;
        }
        if (end.offset() >= settings.segmentBytes()) {
            startSegment(end.in(end.segment() + 1));
        }
        Hash hash = Block.seal(entries, end, through, sha256);
        ByteBuffer block = entries.whole(0).flip();
        last.append(block.duplicate());
        end = new Place(end.segment(), end.offset() + block.limit(), end.store(), end.block() + 1, through, hash);
        announced = newsworthy ? end.head() : announced;
        newsworthy = false;
        entriesWritten.add(entries.count());
        entries.clear();
    }

    private void startSegment(Place beginning) throws IOException {
        last.write();
        full.add(last.file());
        last = new OpenSegment(files.create(beginning), beginning.offset());
        segments.add(new Segment(segments.removeLast().begin(), end.offset()));
        segments.add(new Segment(beginning, beginning.offset()));
        end = beginning;
    }

    /** Makes all blocks durable, then drops the oldest segments if there are too many. For one thread at a time. */
    public void sync() throws IOException {
        Place reached;
        List<DiskFile> written;
        DiskFile current;
        List<Witness> heard;
        lock.lock();
        try {
            last.write();
            reached = settled;
            if (reached.equals(durable)) {
                return;
            }
            written = List.copyOf(full);
            current = last.file();
            heard = witnesses.all();
            full.clear();
        } finally {
            lock.unlock();
        }
        for (DiskFile each : written) {
            each.sync();
            each.close();
        }
        current.sync();
        disk.syncDirectory(DIRECTORY);
        boolean mayDrop = kept.writeLock().tryLock();
        try {
            List<Segment> dropped = mayDrop ? dropOldest(reached) : List.of();
            new AuditState(beginnings().getFirst(), reached, heard)
                    .write(disk, settings.keys().getFirst());
            durable = reached;
            for (Segment segment : dropped) {
                files.delete(segment.begin().segment());
            }
        } finally {
            if (mayDrop) {
                kept.writeLock().unlock();
            }
        }
    }

    /** Takes the oldest segments off the list until the others fit. */
    private List<Segment> dropOldest(Place reached) {
        List<Segment> dropped = new ArrayList<>();
        lock.lock();
        try {
            long bytes = bytes();
            while (bytes > settings.maxBytes() && segments.getFirst().begin().segment() < reached.segment()) {
                Segment oldest = segments.removeFirst();
                bytes -= oldest.bytes();
                dropped.add(oldest);
            }
        } finally {
            lock.unlock();
        }
        return dropped;
    }

    /** The end of the chain; what it stands for may not be synced here yet, but is durable in the write-ahead log. */
    public Head head() {
        lock.lock();
        try {
            return end.head();
        } finally {
            lock.unlock();
        }
    }

    /** Where the segments begin that are kept. */
    List<Place> beginnings() {
        lock.lock();
        try {
            return segments.stream().map(Segment::begin).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The end of the chain without what it only says of others': were that told, two nodes that do nothing else would witness
     * each other's witnessing for ever.
     */
    public Head announced() {
        lock.lock();
        try {
            return announced;
        } finally {
            lock.unlock();
        }
    }

    /** The head of another chain as it was heard last, null when none was. */
    public @Nullable Witness witness(StoreId store) {
        lock.lock();
        try {
            return witnesses.of(store);
        } finally {
            lock.unlock();
        }
    }

    /** The heads of all other chains that were heard. */
    public List<Witness> witnesses() {
        lock.lock();
        try {
            return witnesses.all();
        } finally {
            lock.unlock();
        }
    }

    /** Entries appended since the log was opened. */
    public long entriesWritten() {
        return entriesWritten.sum();
    }

    /** Length of all segments. */
    public long bytes() {
        lock.lock();
        try {
            return segments.stream().mapToLong(Segment::bytes).sum()
                    - segments.getLast().bytes()
                    + end.offset();
        } finally {
            lock.unlock();
        }
    }

    /** What a reader finds on the disk. */
    Snapshot snapshot() throws IOException {
        lock.lock();
        try {
            last.write();
            return new Snapshot(List.copyOf(segments), end);
        } finally {
            lock.unlock();
        }
    }

    Segments files() {
        return files;
    }

    /** Whether the signed anchor on the disk says where this log begins. */
    boolean isAnchored(Place oldest) throws IOException {
        AuditState state = AuditState.read(disk, settings.keys());
        return state != null && state.oldest().equals(oldest);
    }

    /** For whoever reads segments; short of the time in which the log would grow out of bounds. */
    ReentrantReadWriteLock.ReadLock keeping() {
        return kept.readLock();
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            for (DiskFile each : full) {
                each.close();
            }
            last.file().close();
        } finally {
            lock.unlock();
        }
    }
}
