package dev.kvs.membership;

/** Who wants to know what becomes of members. */
@FunctionalInterface
public interface MemberListener {
    /** Called one at a time and in order, on any thread, never under a lock of membership; must come back soon. */
    void on(MemberEvent event);
}
