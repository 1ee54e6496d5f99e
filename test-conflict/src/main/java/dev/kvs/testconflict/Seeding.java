package dev.kvs.testconflict;

import dev.kvs.model.Acl;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionDigest;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.storage.Proposal;
import dev.kvs.storage.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes conflicts: for each key one version in either store, neither of which has seen the other, both with the very same
 * 64-bit timestamp.
 */
final class Seeding {
    /** Keys written with one sync; what is waiting in memory stays small. */
    private static final int BATCH = 500;

    private final StoppedNode first;
    private final StoppedNode second;
    private final Time time;
    private final Randomness randomness;

    Seeding(StoppedNode first, StoppedNode second, Time time, Randomness randomness) {
        this.first = first;
        this.second = second;
        this.time = time;
        this.randomness = randomness;
    }

    /**
     * Seeds every key.
     *
     * @param pair what to write into the first and into the second store
     * @param millis the timestamp to give; none for one after everything these keys have seen
     */
    List<Seed> seed(List<Key> keys, Pair pair, OptionalLong millis) {
        List<Seed> seeds = new ArrayList<>(keys.size());
        // All keys are looked at before the first is written, so that a refusal leaves both directories as they were.
        List<Long> times = keys.stream().map(key -> timeOf(key, millis)).toList();
        for (int from = 0; from < keys.size(); from += BATCH) {
            int to = Math.min(keys.size(), from + BATCH);
            List<Version> ones = write(first.store(), keys.subList(from, to), times.subList(from, to), pair.first());
            List<Version> others =
                    write(second.store(), keys.subList(from, to), times.subList(from, to), pair.second());
            for (int i = 0; i < ones.size(); i++) {
                seeds.add(new Seed(ones.get(i), others.get(i)));
            }
        }
        return seeds;
    }

    private long timeOf(Key key, OptionalLong millis) {
        long before = Math.max(newest(first, key), newest(second, key));
        if (millis.isEmpty()) {
            return Hlc.next(before, time.epochMillis());
        }
        long wanted = Hlc.ofMillis(millis.getAsLong());
        if (wanted <= before) {
            throw new Refusal("The key " + key + " has a version of " + Hlc.millis(before)
                    + " already, so one of " + millis.getAsLong()
                    + " would lose to it. Give a later --timestamp, or another --key.");
        }
        return wanted;
    }

    /** The timestamp of a key's winner, 0 where there is none. */
    private static long newest(StoppedNode node, Key key) {
        Version winner = node.store().newest(key);
        if (winner == null) {
            return 0;
        }
        if (winner.kind() == Kind.TOMBSTONE) {
            throw new Refusal("The key " + key + " was deleted in " + node.directory() + ". Choose another --key.");
        }
        return winner.hlc();
    }

    private List<Version> write(Store store, List<Key> keys, List<Long> times, byte[] document) {
        byte[] hash = VersionDigest.ofBody(document);
        List<Proposal> proposals = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            proposals.add(proposal(keys.get(i), times.get(i), document, hash, store.newest(keys.get(i))));
        }
        store.awaitRoom();
        var commit = store.write(proposals, List.of());
        commit.await();
        return commit.versions();
    }

    private Proposal proposal(Key key, long hlc, byte[] document, byte[] hash, @Nullable Version replaced) {
        return new Proposal(
                key,
                Uuids.version7(Hlc.millis(hlc), randomness.nextLong(), randomness.nextLong()),
                Kind.LIVE,
                replaced == null ? VersionVector.EMPTY : replaced.vector(),
                Version.NEVER,
                replaced == null ? Acl.UNOWNED : replaced.acl(),
                document,
                hash,
                replaced,
                hlc);
    }
}
