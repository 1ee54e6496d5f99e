package dev.kvs.crash;

import dev.kvs.platform.CrashModel;
import dev.kvs.platform.DiskOperation;
import dev.kvs.platform.SimDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs a {@link CrashSubject} for a number of steps and disturbs it in every possible place. Everything follows from the
 * seed; a failure names the seed and tells what was done to the disk.
 *
 * <p>For every operation of an undisturbed run: the same run again, cut during that operation; then for every
 * {@link CrashModel} the recovery from what is left, with more steps after it, checked once more after another cut; and
 * the recovery again, itself cut during one of its own operations.
 */
public final class CrashHarness<T> {
    /** Steps done after a recovery, to see that what it left can be written on. */
    private static final int STEPS_AFTER_RECOVERY = 2;

    private static final int CAPACITIES = 40;

    /** One for each model, and one for the process that is killed before the power goes. */
    private static final int TURNS = CrashModel.values().length + 1;

    private final CrashSubject<T> subject;
    private final int steps;
    private final long seed;
    private final SplittableRandom random;
    private final List<String> story = new ArrayList<>();
    private boolean takingTurns;
    private long turn;
    private long cuts;
    private long recoveries;

    public CrashHarness(CrashSubject<T> subject, int steps, long seed) {
        this.subject = subject;
        this.steps = steps;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.turn = Math.floorMod(seed, TURNS);
    }

    /** How many seeds a suite should run: the system property {@code kvs.crash.rounds}, otherwise 1. */
    public static int rounds() {
        return Integer.getInteger("kvs.crash.rounds", 1);
    }

    /**
     * From now on every disturbance gets one recovery instead of one in each model; models take turns, in an order that
     * begins at the seed. For systems that take long to open: as many rounds as there are models give all pairs.
     */
    public CrashHarness<T> takingTurns() {
        takingTurns = true;
        return this;
    }

    /** Cuts the power during every operation. */
    public CrashReport cutEverywhere() {
        return telling(() -> {
            long operations = undisturbed().size();
            for (long cut = 1; cut <= operations + 1; cut++) {
                cutAt(cut);
            }
            return operations;
        });
    }

    /** Lets every sync fail in turn, and then cuts the power. */
    public CrashReport failEverySync() {
        return telling(() -> {
            List<DiskOperation> operations = undisturbed();
            for (int i = 0; i < operations.size(); i++) {
                switch (operations.get(i).kind()) {
                    case SYNC, SYNC_DIRECTORY -> failSyncAt(i + 1);
                    case CREATE, CREATE_DIRECTORY, WRITE, TRUNCATE, DELETE, RENAME -> {}
                }
            }
            return operations.size();
        });
    }

    /** Fills the disk in the middle of the steps, at many sizes, and then gives it room again. */
    public CrashReport fillDisk() {
        return telling(() -> {
            SimDisk whole = new SimDisk(seed);
            whole.limitCapacity(Integer.MAX_VALUE);
            new Life<>(subject, whole, Progress.NONE).live(steps);
            long used = Integer.MAX_VALUE - whole.usableBytes();
            for (int i = 0; i < CAPACITIES; i++) {
                SimDisk disk = new SimDisk(seed);
                disk.limitCapacity(used * i / CAPACITIES);
                tell("room for " + used * i / CAPACITIES + " bytes");
                Progress progress = new Life<>(subject, disk, Progress.NONE).liveWithFailures(steps);
                disk.limitCapacity(Long.MAX_VALUE);
                recoverInEveryModel(disk, progress);
                turn++;
                story.clear();
            }
            return whole.operations();
        });
    }

    private List<DiskOperation> undisturbed() throws Exception {
        tell("an undisturbed run");
        SimDisk disk = new SimDisk(seed);
        List<DiskOperation> operations = new ArrayList<>();
        disk.beforeEach(operation -> {
            synchronized (operations) {
                operations.add(operation);
            }
        });
        Progress progress = new Life<>(subject, disk, Progress.NONE).live(steps);
        recover(disk, progress, CrashModel.LOSE_ALL);
        story.clear();
        return operations;
    }

    private void cutAt(long cut) throws Exception {
        SimDisk disk = new SimDisk(seed);
        disk.crashAfter(cut);
        Progress progress = new Life<>(subject, disk, Progress.NONE).live(steps);
        cutNow(disk);
        boolean killed = turn % TURNS == TURNS - 1;
        if (!killed || !takingTurns) {
            recoverInEveryModel(disk, progress);
        }
        if (killed || !takingTurns) {
            killedThenCut(disk.fork(), progress);
        }
        turn++;
        story.clear();
    }

    private void failSyncAt(long number) throws Exception {
        SimDisk disk = new SimDisk(seed);
        disk.failSyncFrom(number);
        Progress progress = new Life<>(subject, disk, Progress.NONE).liveWithFailures(steps);
        tell("the sync at operation " + number + " failed");
        recoverInEveryModel(disk, progress);
        turn++;
        story.clear();
    }

    private void recoverInEveryModel(SimDisk disk, Progress progress) throws Exception {
        CrashModel[] models = CrashModel.values();
        if (takingTurns) {
            recover(disk, progress, models[(int) (turn % TURNS % models.length)]);
            return;
        }
        for (CrashModel model : models) {
            int told = story.size();
            recover(disk.fork(), progress, model);
            story.subList(told, story.size()).clear();
        }
    }

    /** Recovers, writes on, and loses power once more; then all that again with a cut somewhere within. */
    private void recover(SimDisk disk, Progress progress, CrashModel model) throws Exception {
        restart(disk, model);
        SimDisk again = disk.fork();
        Progress after = recoverAndWriteOn(disk, progress);
        long operations = disk.operations();
        restart(disk, CrashModel.LOSE_ALL);
        recoverAndWriteOn(disk, after);

        if (operations > 0) {
            int told = story.size();
            again.crashAfter(1 + random.nextLong(operations));
            Progress cutAgain = recoverAndWriteOn(again, progress);
            cutNow(again);
            CrashModel[] models = CrashModel.values();
            restart(again, models[random.nextInt(models.length)]);
            recoverAndWriteOn(again, cutAgain);
            story.subList(told, story.size()).clear();
        }
    }

    /** What a process shows after {@code kill -9} may not vanish when the power goes too. */
    private void killedThenCut(SimDisk disk, Progress progress) throws Exception {
        tell("only the process was killed");
        disk.restartProcess();
        T system = subject.open(disk);
        Progress shown;
        try {
            shown = progress.recovered(subject.stepsFound(system));
            cutNow(disk);
        } finally {
            closeWithoutPower(system);
        }
        restart(disk, CrashModel.LOSE_ALL);
        recoverAndWriteOn(disk, shown);
    }

    private void closeWithoutPower(T system) {
        try {
            subject.close(system);
        } catch (Exception e) {
            tell("closing failed with " + e);
        }
    }

    private Progress recoverAndWriteOn(SimDisk disk, Progress progress) throws Exception {
        recoveries++;
        return new Life<>(subject, disk, progress).live(progress.begun() + STEPS_AFTER_RECOVERY);
    }

    private void cutNow(SimDisk disk) {
        cuts++;
        if (disk.isPowered()) {
            tell("the power was cut after " + disk.lastOperation());
            disk.cutPower();
        } else {
            tell("the power was cut during " + disk.lastOperation());
        }
    }

    private void restart(SimDisk disk, CrashModel model) {
        tell("restarted with " + model);
        disk.restart(model);
    }

    private void tell(String event) {
        story.add(event);
    }

    private CrashReport telling(Suite suite) {
        try {
            return new CrashReport(suite.run(), cuts, recoveries);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + String.join("; ", story) + ": " + e.getMessage(), e);
        }
    }

    /** Returns the operations of one undisturbed run. */
    @FunctionalInterface
    private interface Suite {
        long run() throws Exception;
    }
}
