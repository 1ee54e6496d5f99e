package dev.kvs.storage;

import dev.kvs.model.Dot;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;

/**
 * How far the log has come.
 *
 * @param seq last log sequence
 * @param store what this store is called by now
 * @param sequence last origin sequence of this store under that name
 * @param hlc highest timestamp
 * @param heard of other stores: everything up to a sequence is here or was pruned where it came from
 * @param heldBackFrom the lowest timestamp of what is held back, {@link Long#MAX_VALUE} when nothing is
 */
record Position(long seq, StoreId store, long sequence, long hlc, VersionVector heard, long heldBackFrom) {
    /** What this node knows. */
    VersionVector knowledge() {
        return sequence == 0 ? heard : heard.with(new Dot(store, sequence));
    }

    /** One record further. */
    Position next() {
        return new Position(seq + 1, store, sequence, hlc, heard, heldBackFrom);
    }

    /** One record further, which was this version. */
    Position next(Version version) {
        boolean own = version.origin().store().equals(store);
        long reached = own ? Math.max(sequence, version.sequence()) : sequence;
        return new Position(seq + 1, store, reached, Math.max(hlc, version.hlc()), heard, heldBackFrom);
    }

    /** The same, knowing another store up to a sequence. */
    Position hearing(Dot upTo) {
        return new Position(seq, store, sequence, hlc, heard.with(upTo), heldBackFrom);
    }

    /** The same, holding back what is dated from here on, as far as it was held back when it came. */
    Position holdingBackFrom(long lowest) {
        return new Position(seq, store, sequence, hlc, heard, lowest);
    }

    /** The same under another name; of the old one no more is known than up to {@code common}, from 0. */
    Position renamed(StoreId next, long common) {
        VersionVector known = common == 0 ? heard : heard.with(new Dot(store, common));
        return new Position(seq, next, 0, hlc, known, heldBackFrom);
    }
}
