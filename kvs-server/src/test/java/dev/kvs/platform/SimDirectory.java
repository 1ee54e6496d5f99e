package dev.kvs.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A directory of a {@link SimDisk}: its entries as synced, as the running machine sees them, and the changes between. */
final class SimDirectory implements SimNode {
    private final Map<String, SimNode> durable = new TreeMap<>();
    private final Map<String, SimNode> current = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();

    /** One unsynced change of the entries. */
    sealed interface Change {
        void applyTo(Map<String, SimNode> entries);

        record Link(String name, SimNode node) implements Change {
            @Override
            public void applyTo(Map<String, SimNode> entries) {
                entries.put(name, node);
            }
        }

        record Unlink(String name) implements Change {
            @Override
            public void applyTo(Map<String, SimNode> entries) {
                entries.remove(name);
            }
        }

        /** A rename within the directory is atomic. */
        record Move(String from, String to, SimNode node) implements Change {
            @Override
            public void applyTo(Map<String, SimNode> entries) {
                entries.remove(from);
                entries.put(to, node);
            }
        }
    }

    /** A deep copy; {@code copies} holds what has been copied so far, because one node may be named twice. */
    SimDirectory copy(Map<SimNode, SimNode> copies) {
        SimDirectory copy = new SimDirectory();
        copies.put(this, copy);
        durable.forEach((name, node) -> copy.durable.put(name, copyOf(node, copies)));
        current.forEach((name, node) -> copy.current.put(name, copyOf(node, copies)));
        for (Change change : unsynced) {
            copy.unsynced.add(
                    switch (change) {
                        case Change.Link link -> new Change.Link(link.name(), copyOf(link.node(), copies));
                        case Change.Unlink unlink -> unlink;
                        case Change.Move move -> new Change.Move(move.from(), move.to(), copyOf(move.node(), copies));
                    });
        }
        return copy;
    }

    private static SimNode copyOf(SimNode node, Map<SimNode, SimNode> copies) {
        SimNode done = copies.get(node);
        if (done != null) {
            return done;
        }
        SimNode copy = switch (node) {
            case SimInode inode -> inode.copy();
            case SimDirectory directory -> directory.copy(copies);
        };
        copies.put(node, copy);
        return copy;
    }

    @Nullable
    SimNode entry(String name) {
        return current.get(name);
    }

    Map<String, SimNode> entries() {
        return current;
    }

    void change(Change change) {
        change.applyTo(current);
        unsynced.add(change);
    }

    void sync() {
        unsynced.forEach(change -> change.applyTo(durable));
        unsynced.clear();
    }

    /** What a failed sync does: the machine goes on seeing the changes, but no later sync will write them. */
    void forgetUnsynced() {
        unsynced.clear();
    }

    /** Decides which entries a power cut left. {@code inFlight}: the last change here was the operation cut. */
    void settle(CrashModel model, boolean inFlight, RandomGenerator random) {
        int inOrder = switch (model) {
            case LOSE_ALL -> 0;
            case KEEP_ALL -> unsynced.size();
            case TORN_LAST -> unsynced.size() - (inFlight && random.nextBoolean() ? 1 : 0);
            case RANDOM_SECTORS -> random.nextInt(unsynced.size() + 1);
            case REORDER -> 0;
        };
        for (int i = 0; i < unsynced.size(); i++) {
            if (i < inOrder || (model == CrashModel.REORDER && random.nextBoolean())) {
                unsynced.get(i).applyTo(durable);
            }
        }
        current.clear();
        current.putAll(durable);
        unsynced.clear();
    }
}
