package dev.kvs.console.web;

import dev.kvs.client.KvsClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is logged in, in memory alone: a cookie is a name that means nothing elsewhere. A session ends when nobody has used it for
 * {@link #IDLE}, {@link #LONGEST} after the login, or when there are {@link #MOST} younger ones. Safe for concurrent use.
 */
public final class Sessions implements AutoCloseable {
    /** A lunch break. */
    public static final Duration IDLE = Duration.ofMinutes(60);

    /** A working day; the token may end before. */
    public static final Duration LONGEST = Duration.ofHours(12);

    /** Each keeps some connections to the node. */
    public static final int MOST = 200;

    private final InstantSource clock;
    private final Map<String, Open> open = new LinkedHashMap<>(16, 0.75f, true);

    private record Open(Session session, Instant begun, Instant used) {
        boolean isOver(Instant now) {
            return now.isAfter(used.plus(IDLE)) || now.isAfter(begun.plus(LONGEST));
        }
    }

    /**
     * A login.
     *
     * @param user his name
     * @param token his token, which no browser sees
     * @param kvs sends it
     */
    public record Session(String user, String token, KvsClient kvs) {
        /** Shows no token: records print their components. */
        @Override
        public String toString() {
            return "Session[" + user + "]";
        }
    }

    public Sessions(InstantSource clock) {
        this.clock = clock;
    }

    /** Begins a session under a name that nobody can guess. */
    public void begin(String name, Session session) {
        Instant now = clock.instant();
        List<Session> ended = new ArrayList<>();
        synchronized (open) {
            ended.addAll(sweep(now));
            open.put(name, new Open(session, now, now));
            while (open.size() > MOST) {
                ended.add(dropEldest());
            }
        }
        ended.forEach(Sessions::end);
    }

    /** The session of a name, if it is not over; it counts as used now when a person has {@code used} it. */
    public Optional<Session> find(String name, boolean used) {
        Instant now = clock.instant();
        Open found;
        synchronized (open) {
            found = open.get(name);
            if (found != null && !found.isOver(now)) {
                open.put(name, new Open(found.session(), found.begun(), used ? now : found.used()));
                return Optional.of(found.session());
            }
            open.remove(name);
        }
        if (found != null) {
            end(found.session());
        }
        return Optional.empty();
    }

    /** Ends a session; nothing happens when there is none. */
    public void end(String name) {
        Open ended;
        synchronized (open) {
            ended = open.remove(name);
        }
        if (ended != null) {
            end(ended.session());
        }
    }

    /** How many are open. */
    public int count() {
        synchronized (open) {
            return open.size();
        }
    }

    /** The one that was used longest ago. */
    private Session dropEldest() {
        var first = open.entrySet().iterator().next();
        open.remove(first.getKey());
        return first.getValue().session();
    }

    private List<Session> sweep(Instant now) {
        List<Session> over = open.values().stream()
                .filter(session -> session.isOver(now))
                .map(Open::session)
                .toList();
        open.values().removeIf(session -> session.isOver(now));
        return over;
    }

    private static void end(Session session) {
        session.kvs().close();
    }

    @Override
    public void close() {
        List<Open> all;
        synchronized (open) {
            all = List.copyOf(open.values());
            open.clear();
        }
        all.forEach(each -> end(each.session()));
    }
}
