package dev.kvs.storage;

import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Time;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the store another name and writes again under it what was written under the old one since the store was opened. These
 * copies are the same writes, with their UUIDs, but each is dated right after what it copies, so that it wins over that on
 * every node that has both.
 */
final class Renaming {
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
            for (Version version : store.feed().writtenAfter(common)) {
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
