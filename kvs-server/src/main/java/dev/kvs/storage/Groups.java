package dev.kvs.storage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** What waits to be written to the log: the group that writers join, and before it those that are full. Under the log's lock. */
final class Groups {
    private final Supplier<Group> empty;
    private final Deque<Group> full = new ArrayDeque<>();
    private Group gathering;

    /** Nothing yet; {@code empty} makes groups. */
    Groups(Supplier<Group> empty) {
        this.empty = empty;
        this.gathering = empty.get();
    }

    /** The one that writers join. */
    Group gathering() {
        return gathering;
    }

    /** Lets writers join another one when this one is full; between two appends, because an append stands in one frame. */
    void makeRoom() {
        if (gathering.isFull()) {
            full.add(gathering);
            gathering = empty.get();
        }
    }

    boolean isEmpty() {
        return full.isEmpty() && gathering.isEmpty();
    }

    /** Takes the first one out; it is empty when nothing waits. */
    Group take() {
        if (!full.isEmpty()) {
            return full.remove();
        }
        Group group = gathering;
        gathering = empty.get();
        return group;
    }
}
