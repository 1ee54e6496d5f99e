package dev.kvs.storage;

import dev.kvs.model.Version;
import dev.kvs.storage.table.StateTables;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what each winner contributes to the {@link WinnerDigest}: its digest, or nothing once it may be collected at the
 * digest's epoch. Nodes collect at different moments; as long as two compare their digests at the same epoch, that makes no
 * difference. All methods under the log's lock, but for {@link #epoch}.
 */
final class Winners {
    private final WinnerDigest digest;
    private final long tombstoneRetentionMillis;
    private volatile long epoch;

    Winners(WinnerDigest digest, long tombstoneRetentionMillis, long epoch) {
        this.digest = digest;
        this.tombstoneRetentionMillis = tombstoneRetentionMillis;
        this.epoch = epoch;
    }

    /** Milliseconds since the epoch; what may be collected by then is left out of the digest. */
    long epoch() {
        return epoch;
    }

    long tombstoneRetentionMillis() {
        return tombstoneRetentionMillis;
    }

    /** When a version may be collected at the earliest, or {@link Version#NEVER}. */
    long collectableAt(Version version) {
        return version.collectableAt(tombstoneRetentionMillis);
    }

    /** The winner of a key is another one now. */
    void changed(@Nullable Version before, Version after) {
        digest.change(after.key(), before == null ? 0 : contribution(before), contribution(after));
    }

    /** A winner stands in the digest, or not, by the retention of before; from now on it does by the present one. */
    void retained(Version winner, long millisBefore) {
        digest.change(winner.key(), contribution(winner, millisBefore), contribution(winner));
    }

    private long contribution(Version version) {
        return contribution(version, tombstoneRetentionMillis);
    }

    private long contribution(Version version, long retentionMillis) {
        return version.collectableAt(retentionMillis) <= epoch ? 0 : version.digestPrefix();
    }

    /** Leaves out what becomes collectable by a later epoch; {@code winners} has every key that may be concerned. */
    void pass(long newEpoch, Iterable<Version> winners) {
        for (Version winner : winners) {
            long at = collectableAt(winner);
            if (at > epoch && at <= newEpoch) {
                digest.change(winner.key(), winner.digestPrefix(), 0);
            }
        }
        epoch = newEpoch;
    }

    /** The digest's pages that changed since the last call, and the epoch that they are of. */
    Snapshot takeChanged() {
        return new Snapshot(epoch, tombstoneRetentionMillis, digest.takeChanged());
    }

    /** Part of the digest at an epoch, by a retention of tombstones. */
    record Snapshot(long epoch, long tombstoneRetentionMillis, List<WinnerDigest.Page> pages) {
        void writePages(StateTables state) throws IOException {
            for (WinnerDigest.Page page : pages) {
                state.digestPage(new StateTables.DigestPage(page.number(), page.bytes()));
            }
        }
    }
}
