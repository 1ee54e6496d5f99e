package dev.kvs.crash;

/**
 * What a {@link CrashHarness} did, so that a test can see that it did anything.
 *
 * @param operations mutating disk operations of one undisturbed run
 * @param cuts power cuts, second ones included
 * @param recoveries times the system was opened on what was left
 */
public record CrashReport(long operations, long cuts, long recoveries) {
    CrashReport plus(CrashReport other) {
        return new CrashReport(operations, cuts + other.cuts, recoveries + other.recoveries);
    }
}
