package dev.kvs.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * What a round has found.
 *
 * @param onlyHere keys that have a winner here and none there
 * @param onlyThere keys that have a winner there and none here
 * @param rivals keys whose winners differ
 * @param more whether there are leaves that differ and were not looked at
 * @param resumeAt the leaf at which the next round should begin, so that differences which cannot be mended now do not hide
 *     those behind them; 0 unless there are more
 */
public record Differences(
        List<KeyHash> onlyHere, List<KeyHash> onlyThere, List<Rivals> rivals, boolean more, int resumeAt) {
    /**
     * The most differences of a round: some 10 MB here. A round stops at the first leaf, or page of a leaf, that reaches it.
     */
    static final int MOST = 1 << 18;

    /**
     * A key with two winners.
     *
     * @param hlcHere the timestamp of this node's
     * @param hlcThere the timestamp of the other's; when they are equal, the full order of versions decides
     */
    public record Rivals(KeyHash key, long hlcHere, long hlcThere) {}

    public Differences {
        onlyHere = List.copyOf(onlyHere);
        onlyThere = List.copyOf(onlyThere);
        rivals = List.copyOf(rivals);
    }

    /** How many there are. */
    public int size() {
        return onlyHere.size() + onlyThere.size() + rivals.size();
    }

    /** Collects while a round runs. */
    static final class Collected {
        private final List<KeyHash> onlyHere = new ArrayList<>();
        private final List<KeyHash> onlyThere = new ArrayList<>();
        private final List<Rivals> rivals = new ArrayList<>();

        void onlyHere(KeyHash key) {
            onlyHere.add(key);
        }

        void onlyThere(KeyHash key) {
            onlyThere.add(key);
        }

        void rivals(Rivals found) {
            rivals.add(found);
        }

        boolean isFull() {
            return onlyHere.size() + onlyThere.size() + rivals.size() >= MOST;
        }

        Differences all() {
            return new Differences(onlyHere, onlyThere, rivals, false, 0);
        }

        Differences moreFrom(int leaf) {
            return new Differences(onlyHere, onlyThere, rivals, true, leaf);
        }
    }
}
