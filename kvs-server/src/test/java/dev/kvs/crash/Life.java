package dev.kvs.crash;

import dev.kvs.platform.SimDisk;

/** One run of the system from opening to closing or to a failure of its disk. */
final class Life<T> {
    private final CrashSubject<T> subject;
    private final SimDisk disk;
    private Progress progress;

    Life(CrashSubject<T> subject, SimDisk disk, Progress before) {
        this.subject = subject;
        this.disk = disk;
        this.progress = before;
    }

    /** Opens, checks, does steps up to number {@code last} and closes. Ends early when the power is cut. */
    Progress live(int last) throws Exception {
        return live(last, false);
    }

    /** As {@link #live}, with a disk that may fail any call; returns what was acknowledged before that. */
    Progress liveWithFailures(int last) throws Exception {
        return live(last, true);
    }

    private Progress live(int last, boolean mayFail) throws Exception {
        T system;
        try {
            system = subject.open(disk);
        } catch (Exception e) {
            expected(e, mayFail);
            return progress;
        }
        try {
            progress = progress.recovered(subject.stepsFound(system));
            while (progress.acknowledged() < last) {
                progress = progress.beginNext();
                subject.step(system, progress.begun());
                if (!disk.isPowered()) {
                    throw new AssertionError("acknowledged step " + progress.begun() + " without power");
                }
                progress = progress.acknowledge();
            }
        } catch (Exception e) {
            expected(e, mayFail);
            refusesMore(system);
        } finally {
            close(system, mayFail);
        }
        return progress;
    }

    private void close(T system, boolean mayFail) throws Exception {
        try {
            subject.close(system);
        } catch (Exception e) {
            expected(e, mayFail);
        }
    }

    /** A system that failed to write a step must not take another one before it was opened again. */
    private void refusesMore(T system) {
        int next = progress.begun() + 1;
        try {
            subject.step(system, next);
        } catch (Exception expected) {
            return;
        }
        throw new AssertionError("acknowledged step " + next + " after the step before it failed");
    }

    private void expected(Exception failure, boolean mayFail) throws Exception {
        if (disk.isPowered() && !mayFail) {
            throw failure;
        }
    }
}
