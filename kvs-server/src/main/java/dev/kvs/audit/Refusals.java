package dev.kvs.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what happens again and again within a minute, so that a stranger cannot fill the disk: the first of its like becomes an
 * entry at once, the others of that minute one entry with their number when it is over. What does not fit into the table is
 * counted together. Safe for concurrent use; knows no clock.
 */
public final class Refusals {
    /** Different ones in a minute that have entries of their own: at most a few entries a second on average. */
    static final int MAX = 256;

    private static final long MINUTE_MILLIS = 60_000;

    private final Map<What, Long> repeated = new LinkedHashMap<>();
    private long minute = Long.MIN_VALUE;
    private long others;

    /**
     * What makes two of them the same.
     *
     * @param source where it came from, an address as a rule
     * @param actor who it was, or claimed to be; empty when that is not known
     * @param detail what was asked for and why it was refused, without anything that a caller can vary at will
     */
    public record What(EventKind kind, String source, String actor, String detail) {
        AuditEntry entry(long millis, String suffix) {
            return AuditEntry.event(kind, millis, actor, "from " + source + ": " + detail + suffix);
        }
    }

    /** Something has happened; returns the entries to be appended now. */
    public synchronized List<AuditEntry> add(What what, long nowMillis) {
        List<AuditEntry> entries = new ArrayList<>(flush(nowMillis));
        Long times = repeated.get(what);
        if (times != null) {
            repeated.put(what, times + 1);
        } else if (repeated.size() < MAX) {
            repeated.put(what, 0L);
            entries.add(what.entry(nowMillis, ""));
        } else {
            others++;
        }
        return entries;
    }

    /** The entries of the minute before, when it is over; call it about once a minute. */
    public synchronized List<AuditEntry> flush(long nowMillis) {
        long now = Math.floorDiv(nowMillis, MINUTE_MILLIS);
        if (now == minute) {
            return List.of();
        }
        minute = now;
        return drain(nowMillis);
    }

    /** The entries of the minute that runs; for the end. */
    public synchronized List<AuditEntry> drain(long nowMillis) {
        List<AuditEntry> entries = new ArrayList<>();
        repeated.forEach((what, times) -> {
            if (times > 0) {
                entries.add(what.entry(nowMillis, "; " + times + " times more within a minute"));
            }
        });
        if (others > 0) {
            entries.add(AuditEntry.event(
                    EventKind.REFUSED,
                    nowMillis,
                    "",
                    "others: " + others + " within a minute, of more than " + MAX + " kinds"));
        }
        repeated.clear();
        others = 0;
        return entries;
    }
}
