package dev.kvs.ctl.bench;

import java.time.Duration;

/**
 * What a run does, within the bounds that the command line has checked.
 *
 * @param prefix where the run's keys live; nothing else is stored below it
 * @param mix reads and writes
 * @param keys how many keys there are, all of them stored before the measuring begins
 * @param size bytes of each document
 * @param clients how many operations are under way at most
 * @param rate operations due in a second, of all clients together; 0 for as fast as they come back
 * @param duration how long the measuring lasts
 * @param choice which keys are touched
 */
public record Plan(
        String prefix, Mix mix, int keys, int size, int clients, int rate, Duration duration, KeyChoice choice) {
    /** The key with this number. */
    public String key(int number) {
        return prefix + "/" + number;
    }
}
