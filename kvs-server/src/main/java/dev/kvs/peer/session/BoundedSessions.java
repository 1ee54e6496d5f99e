package dev.kvs.peer.session;

import dev.kvs.model.NodeId;
import dev.kvs.platform.Check;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number of sessions that stays bounded, in all and for each caller: the caller's oldest makes room for its newest, and the
 * one that was used longest ago for another caller's. Those past their life are not given out. For one thread at a time.
 */
final class BoundedSessions {
    private static final float LOAD_FACTOR = 0.75f;

    private final int most;
    private final int mostOfCaller;
    private final long lifeNanos;
    /** The one used longest ago first. */
    private final LinkedHashMap<SessionId, AcceptedSession> byId = new LinkedHashMap<>(16, LOAD_FACTOR, true);
    /** The oldest first. Holds the same sessions. */
    private final Map<NodeId, Deque<SessionId>> byCaller = new HashMap<>();

    BoundedSessions(int most, int mostOfCaller, long lifeNanos) {
        this.most = most;
        this.mostOfCaller = mostOfCaller;
        this.lifeNanos = lifeNanos;
    }

    void add(AcceptedSession session) {
        Deque<SessionId> own = byCaller.get(session.caller());
        if (own != null && own.size() >= mostOfCaller) {
            remove(own.getFirst());
        } else if (byId.size() >= most) {
            Iterator<SessionId> eldest = byId.keySet().iterator();
            remove(eldest.next());
        }
        Check.that(byId.put(session.id(), session) == null, "128 random bits do not repeat");
        byCaller.computeIfAbsent(session.caller(), _ -> new ArrayDeque<>(2)).addLast(session.id());
    }

    /** The session of this number; null when there is none, or its life is over. */
    @Nullable
    AcceptedSession find(SessionId id, long nowNanos) {
        AcceptedSession session = byId.get(id);
        if (session != null && session.ageNanos(nowNanos) > lifeNanos) {
            remove(id);
            return null;
        }
        return session;
    }

    /** Takes a session away; nothing when it is not there. */
    void remove(SessionId id) {
        AcceptedSession gone = byId.remove(id);
        if (gone == null) {
            return;
        }
        Deque<SessionId> own = Check.present(byCaller.get(gone.caller()), "a session belongs to its caller");
        own.remove(id);
        if (own.isEmpty()) {
            byCaller.remove(gone.caller());
        }
    }

    int size() {
        return byId.size();
    }
}
