package dev.kvs.replication.gossip;

import dev.kvs.model.Hlc;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.platform.Time;
import dev.kvs.storage.Store;
import dev.kvs.storage.table.Batch;
import dev.kvs.storage.table.ReadLimit;
import dev.kvs.wire.ErrorCode;
import java.util.List;

/**
 * Versions that are dated further after this node's clock than clocks may differ: they wait outside the key space, or they would
 * win over whatever is written here until then. A clock that is an hour behind makes that of all that the others write.
 */
final class HeldBack {
    /** They wait in memory. Whoever has sent what finds no room keeps it, and sends it again. */
    static final long BYTES_MAX = 32 << 20;

    /** A clock that is set right makes all of them due at once. */
    private static final ReadLimit RELEASED_AT_ONCE = new ReadLimit(1_000, 1 << 20);

    private final Store store;
    private final Time time;
    private final long maxClockSkewMillis;

    HeldBack(Store store, Time time, long maxClockSkewMillis) {
        this.store = store;
        this.time = time;
        this.maxClockSkewMillis = maxClockSkewMillis;
    }

    boolean isTooEarly(Version version) {
        return Hlc.millis(version.hlc()) > time.epochMillis() + maxClockSkewMillis;
    }

    /** Throws {@code overloaded} when any of these would have to wait and too many do already. */
    void refuseIfFull(List<Version> versions) {
        if (store.heldBackBytes() >= BYTES_MAX && versions.stream().anyMatch(this::isTooEarly)) {
            throw new KvsException(
                    ErrorCode.OVERLOADED,
                    "This node holds back " + (BYTES_MAX >> 20) + " MiB of versions that are dated more than "
                            + maxClockSkewMillis + " ms (max_clock_skew_ms) after its clock, and takes no more of them"
                            + " until their time comes; check the clocks of the members.");
        }
    }

    /** The first of those whose time has come, as many as may enter the key space at once. */
    List<Version> due() {
        Batch.Builder<Version> due = new Batch.Builder<>(RELEASED_AT_ONCE);
        for (Version version : store.heldBack()) {
            if (due.isFull() || isTooEarly(version)) {
                break;
            }
            due.add(version, version);
        }
        return due.build().items();
    }
}
