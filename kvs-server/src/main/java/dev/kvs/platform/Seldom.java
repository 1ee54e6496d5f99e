package dev.kvs.platform;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What anybody can cause as often as he likes is said seldom: of each subject once in a period, and of no more than {@link
 * #SUBJECTS_MAX} subjects in one, so that no stranger fills a disk with what is logged about him. Safe for concurrent use.
 */
public final class Seldom {
    /** More strangers than a person reads about in a minute. */
    static final int SUBJECTS_MAX = 100;

    private final long periodNanos;
    private final Time time;
    private final Map<String, Long> saidAt = new HashMap<>();

    public Seldom(Duration period, Time time) {
        this.periodNanos = period.toNanos();
        this.time = time;
    }

    /** Whether it is to be said now; then it has been. */
    public synchronized boolean isDue(String subject) {
        long now = time.monotonicNanos();
        saidAt.values().removeIf(at -> now - at >= periodNanos);
        return saidAt.size() < SUBJECTS_MAX && saidAt.putIfAbsent(subject, now) == null;
    }
}
