package dev.kvs.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts of one run. */
final class Tally {
    private final Map<Misfortune, Long> misfortunes = new EnumMap<>(Misfortune.class);
    private final Map<String, Long> events = new TreeMap<>();

    void count(Misfortune misfortune) {
        misfortunes.merge(misfortune, 1L, Long::sum);
    }

    /** Something else worth knowing: an operation, a refusal, a conflict. */
    void count(String event) {
        events.merge(event, 1L, Long::sum);
    }

    Map<Misfortune, Long> misfortunes() {
        return misfortunes;
    }

    Map<String, Long> events() {
        return events;
    }
}
