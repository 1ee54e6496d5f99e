package dev.kvs.simulation;

import dev.kvs.platform.SimRandomness;
import dev.kvs.storage.StoreSettings;
import dev.kvs.storage.format.BodyCompression;
import dev.kvs.storage.table.TableSettings;

/**
 * What one seed's world is like; all times in milliseconds. The worlds differ on purpose: a history of two revisions hides
 * what one of a hundred shows, and the other way round.
 *
 * @param nodes members in the end
 * @param latecomers how many of them start only while things go wrong already
 * @param chaosMillis how long clients write and things go wrong
 * @param historyMax kept revisions a key; with {@link #WHOLE_HISTORY} nothing is ever pruned
 * @param retentionMillis how long tombstones are kept
 * @param epochMillis what may be collected leaves the trees at multiples of this
 * @param probeMillis pause between probes of the failure detector
 * @param jumpsClocks whether wall clocks jump by up to an hour either way
 * @param losesDisks whether nodes come back with the same name and an empty disk
 * @param votes whether members vote on versions with the same timestamp
 * @param absenceMillis how long one node is away while the others write on; 0 when nobody is
 * @param rollsBack whether a node comes back with an earlier state of its disk
 */
record Scenario(
        int nodes,
        int latecomers,
        long chaosMillis,
        int historyMax,
        long retentionMillis,
        long epochMillis,
        long probeMillis,
        boolean jumpsClocks,
        boolean losesDisks,
        boolean votes,
        long absenceMillis,
        boolean rollsBack) {
    static final int WHOLE_HISTORY = 1_000;

    static final long HOUR_MILLIS = 3_600_000;

    /** Short enough that tombstones are collected, and outlived by a node that is away, within a run. */
    private static final long SHORT_RETENTION_MILLIS = 60_000;

    static Scenario of(long seed) {
        SimRandomness random = new SimRandomness(seed).fork("scenario");
        int nodes = (int) random.between(3, 5);
        boolean jumps = random.chance(0.25);
        boolean forgets = !jumps && random.chance(0.2);
        int[] histories = {WHOLE_HISTORY, WHOLE_HISTORY, 4, 2};
        long[] epochs = {5_000, 60_000, HOUR_MILLIS};
        Scenario scenario = new Scenario(
                nodes,
                (int) random.between(0, 1),
                random.between(40_000, 90_000),
                histories[(int) random.between(0, histories.length - 1)],
                forgets ? SHORT_RETENTION_MILLIS : 720 * HOUR_MILLIS,
                forgets ? 10_000 : epochs[(int) random.between(0, epochs.length - 1)],
                // With clocks that jump an hour, an hour has to pass in the end: fewer probes make it quicker.
                jumps ? 10_000 : random.chance(0.5) ? 500 : 1_000,
                jumps,
                random.chance(0.35),
                random.chance(0.3),
                forgets ? 3 * SHORT_RETENTION_MILLIS : 0,
                false);
        // One or the other: what was lost with a disk and what comes back by itself would be hard to tell apart.
        return scenario.losesDisks || random.chance(0.7) ? scenario : scenario.rollingBack();
    }

    private Scenario rollingBack() {
        return new Scenario(
                nodes,
                latecomers,
                chaosMillis,
                historyMax,
                retentionMillis,
                epochMillis,
                probeMillis,
                jumpsClocks,
                losesDisks,
                votes,
                absenceMillis,
                true);
    }

    boolean prunes() {
        return historyMax < WHOLE_HISTORY;
    }

    /** What the nodes keep, and how long: little, so that everything happens within a run. */
    StoreSettings storeSettings() {
        return new StoreSettings(
                1 << 20,
                1 << 16,
                1 << 18,
                5_000,
                60_000,
                epochMillis,
                new TableSettings(1_024, 1, historyMax, retentionMillis, new BodyCompression(false, 512, 3)));
    }
}
