package dev.kvs.console.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * The keys that people have looked at lately, and those that they have marked. By user, or by browser where nobody logs in; kept
 * in memory, so a node that starts again has forgotten them. Bounded; safe for concurrent use.
 */
final class Shelf {
    /** People of whom something is kept; the one who came longest ago makes room. */
    private static final int PEOPLE_MAX = 500;

    private static final int RECENT_MAX = 12;
    private static final int MARKED_MAX = 100;

    private final Map<String, Keys> people = new LinkedHashMap<>(16, 0.75f, true);

    private record Keys(Deque<String> recent, SequencedSet<String> marked) {}

    private Keys of(String who) {
        Keys keys = people.computeIfAbsent(who, _ -> new Keys(new ArrayDeque<>(), new LinkedHashSet<>()));
        if (people.size() > PEOPLE_MAX) {
            people.remove(people.keySet().iterator().next());
        }
        return keys;
    }

    synchronized void lookedAt(String who, String key) {
        Deque<String> recent = of(who).recent();
        recent.remove(key);
        recent.addFirst(key);
        if (recent.size() > RECENT_MAX) {
            recent.removeLast();
        }
    }

    /** Marks a key, or takes its mark away. */
    synchronized void mark(String who, String key, boolean marked) {
        SequencedSet<String> all = of(who).marked();
        if (!marked) {
            all.remove(key);
        } else if (all.size() < MARKED_MAX) {
            all.add(key);
        }
    }

    synchronized boolean isMarked(String who, String key) {
        return of(who).marked().contains(key);
    }

    /** The last one first. */
    synchronized List<String> recent(String who) {
        return List.copyOf(of(who).recent());
    }

    /** In the order in which they were marked. */
    synchronized List<String> marked(String who) {
        return List.copyOf(of(who).marked());
    }
}
