package dev.kvs.membership;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to the listener in the order in which they happened, one at a time, by whichever thread comes first. */
final class EventDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);

    private final MemberListener listener;
    private final Queue<MemberEvent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();

    EventDelivery(MemberListener listener) {
        this.listener = listener;
    }

    /** Puts an event in line; called under the lock that gives events their order. */
    void add(MemberEvent event) {
        waiting.add(event);
    }

    /** Delivers what waits, or leaves it to the thread that is at it. */
    void deliver() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int answered = 1;
        while (answered != 0) {
            for (MemberEvent event = waiting.poll(); event != null; event = waiting.poll()) {
                tell(event);
            }
            answered = calls.addAndGet(-answered);
        }
    }

    private void tell(MemberEvent event) {
        LOG.info(line(event));
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LOG.error("Who listens to membership failed on {}.", event, e);
        }
    }

    /** A line that a person can follow. */
    private static String line(MemberEvent event) {
        Member member = event.member();
        String where = member.where();
        return switch (event.kind()) {
            case JOINED -> "Node " + where + " is a member.";
            case SUSPECTED -> "Node " + where + " does not answer; it has seconds to speak up.";
            case CLEARED -> "Node " + where + " has spoken up: it is alive.";
            case FAILED -> "Node " + where + " has failed.";
            case LEFT -> "Node " + where + " has left.";
            case RETURNED -> "Node " + where + " is back.";
            case REPLACED ->
                "Node " + where + " is back with another data directory or address (" + member.store() + ").";
            case CHANGED -> "Node " + where + " is now " + member.mode() + ", release " + member.release() + ".";
            case REMOVED -> "Node " + where + " has been silent for so long that it is taken off the list.";
        };
    }
}
