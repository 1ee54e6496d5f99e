package dev.kvs.audit;

import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a chain from segment to segment, hashing every byte of it, and stops at the first link that is broken. Give it the
 * segments in their order and ask for the {@link #result} at the end.
 */
final class ChainVerifier {
    private final MessageDigest sha256 = Hash.sha256();
    private @Nullable Place at;
    private @Nullable Place predecessor;
    private long entries;
    private long blocks;
    private AuditVerdict.@Nullable Link broken;

    /**
     * A verifier of a chain.
     *
     * @param begin where the oldest segment must begin; null when that is not known
     */
    ChainVerifier(@Nullable Place begin) {
        this.at = begin;
    }

    /** Follows one more segment; whether it was as it should be. */
    boolean follow(byte[] segment, int length, long number) {
        int offset = 0;
        long millis = 0;
        try {
            Place here = begin(SegmentHeader.read(segment, length), number);
            at = here;
            offset = SegmentHeader.BYTES;
            while (offset < length) {
                Block block = Block.read(segment, offset, length);
                millis = block.millis();
                block.verify(segment, here, sha256);
                if (block.number() == 1 && entries > 0) {
                    checkSuccession(EntryReader.all(block, segment).getFirst());
                }
                here = here.behind(block);
                at = here;
                entries += block.count();
                blocks++;
                offset = block.end();
            }
            return true;
        } catch (BrokenException e) {
            breakAt(number, offset, millis, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private Place begin(Place header, long number) throws BrokenException {
        if (header.segment() != number || header.offset() != SegmentHeader.BYTES) {
            throw new BrokenException("the segment says that it is number " + header.segment());
        }
        Place before = at;
        if (before != null && header.store().equals(before.store())) {
            if (!header.equals(before.in(number))) {
                throw new BrokenException("the segment follows block " + header.block() + " with another hash, and"
                        + " the chain ends at block " + before.block());
            }
        } else if (header.block() != 0 || !header.hash().equals(Hash.genesis(header.store()))) {
            throw new BrokenException("the chain of the store " + header.store() + " has lost its beginning");
        } else if (before != null && header.through() != before.through()) {
            throw new BrokenException("the chain of the store " + header.store() + " begins somewhere else");
        } else {
            predecessor = before;
        }
        return header;
    }

    /** A chain that follows another store's names the end of that in its first entry. */
    private void checkSuccession(AuditEntry first) throws BrokenException {
        Place before = predecessor;
        boolean named = before != null
                && first.kind() == EventKind.STORE
                && before.store().value().equals(first.uuid())
                && before.hash().equals(first.digest());
        if (!named) {
            throw new BrokenException("the chain does not name the end of the one before it");
        }
    }

    /** Notes a break that was found elsewhere, unless there is one already. */
    void breakAt(long segment, long offset, long millis, String why) {
        Place place = at;
        if (broken == null) {
            broken = new AuditVerdict.Link(
                    place == null ? "" : place.store().toString(),
                    place == null ? 0 : place.block() + 1,
                    segment,
                    offset,
                    millis,
                    why);
        }
    }

    /** Whether the chain ends where it must: at the head that is known to whoever has written it. */
    void mustEndAt(Place end) {
        Place last = at;
        if (broken == null && (last == null || !last.head().equals(end.head()))) {
            breakAt(
                    end.segment(),
                    end.offset(),
                    0,
                    "the chain ends at block " + (last == null ? 0 : last.block()) + ", not at block " + end.block());
        }
    }

    /** What was found so far. */
    AuditVerdict result() {
        return new AuditVerdict(entries, blocks, broken, List.of());
    }
}
