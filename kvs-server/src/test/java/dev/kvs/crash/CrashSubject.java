package dev.kvs.crash;

import dev.kvs.platform.SimDisk;

/**
 * A storage system as the {@link CrashHarness} sees it: something that is opened on a disk and does numbered steps, each
 * of which is either wholly there after a power cut or not at all.
 *
 * @param <T> the system when it is open
 */
public interface CrashSubject<T> {
    /** Opens the system, recovering from whatever is on the disk. */
    T open(SimDisk disk) throws Exception;

    /** Performs step {@code number} (from 1 up); to return is to acknowledge. The same number does the same always. */
    void step(T system, int number) throws Exception;

    /**
     * Reads everything back.
     *
     * @return the n for which the system holds exactly the effects of steps 1 to n
     * @throws AssertionError when there is no such n
     */
    int stepsFound(T system) throws Exception;

    /** Closes the system, which may have lost its disk: must release threads even then. */
    void close(T system) throws Exception;
}
