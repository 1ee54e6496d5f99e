package dev.kvs.storage;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Time;
import dev.kvs.storage.table.Batch;
import dev.kvs.storage.table.ReadLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the store another name and writes again under it what was written under the old one since the store was opened. These
 * copies are the same writes, with their UUIDs, but each is dated right after what it copies, so that it wins over that on
 * every node that has both. They are in memory at once and in one frame of the log, so there are no more of them than {@link
 * Group#BYTES_MAX}.
 */
final class Renaming {
    private static final Logger LOG = LoggerFactory.getLogger(Renaming.class);

    private static final ReadLimit PAGE = new ReadLimit(1_000, 1 << 20);

    private final Store store;
    private final CommitLog commits;
    private final Time time;

    Renaming(Store store, CommitLog commits, Time time) {
        this.store = store;
        this.commits = commits;
        this.time = time;
    }

    /** Appends the new name and the copies in one frame. */
    Commit append(StoreId next) {
        return commits.exclusively(() -> {
            Origin before = commits.origin();
            Origin after = new Origin(next, before.node(), before.joinedMillis());
            long common = commits.opened();
            List<Arrivals.Arrival> copies = new ArrayList<>();
            List<Conflict> settled = new ArrayList<>();
            for (Version version : lastWrittenAfter(common)) {
                Version copy = copy(version, common, after, copies.size() + 1);
                copies.add(new Arrivals.Arrival(copy, store.newest(version.key())));
                Conflict conflict = store.conflict(copy.key());
                if (conflict != null && conflict.isOpen() && conflict.isSettledBy(copy.vector())) {
                    settled.add(conflict.closedBy(copy.uuid(), time.epochMillis()));
                }
            }
            return commits.rename(after, common, new Arrivals(copies, VersionVector.EMPTY, settled, List.of()));
        });
    }

    /** The newest, because the newest of a key has replaced the others. */
    private Collection<Version> lastWrittenAfter(long common) {
        Deque<Version> kept = new ArrayDeque<>();
        long bytes = 0;
        long left = 0;
        long after = common;
        boolean more = true;
        while (more) {
            Batch<Version> page = store.feed().writtenAfter(after, PAGE);
            for (Version version : page.items()) {
                kept.add(version);
                bytes += version.footprint();
                after = version.sequence();
                while (bytes > Group.BYTES_MAX) {
                    bytes -= kept.remove().footprint();
                    left++;
                }
            }
            more = page.more();
        }
        if (left > 0) {
            LOG.warn(
                    "{} of {} versions that were written since the start are not written again under the new name:"
                        + " they are more than {} bytes. Where they are the newest of their keys other nodes find them"
                        + " by comparison; the histories of other nodes may lack the rest.",
                    left,
                    left + kept.size(),
                    Group.BYTES_MAX);
        }
        return kept;
    }

    private static Version copy(Version version, long common, Origin origin, long sequence) {
        VersionVector seen = version.vector().cut(version.origin().store(), common);
        Version.Draft draft = new Version.Draft(
                version.key(),
                version.uuid(),
                version.hlc() + 1,
                origin,
                sequence,
                seen.with(new Dot(origin.store(), sequence)),
                version.expiresAt(),
                version.kind(),
                version.acl());
        byte[] body = version.body();
        return body == null ? draft.sealWithoutBody(version.bodyHash()) : draft.seal(body);
    }
}
