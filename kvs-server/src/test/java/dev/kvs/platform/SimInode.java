package dev.kvs.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A file of a {@link SimDisk}: what is on the platter, what the running machine sees, and the changes between. */
final class SimInode implements SimNode {
    static final int SECTOR_BYTES = 512;
    static final int PAGE_BYTES = 4096;

    private SimBytes durable = new SimBytes();
    private SimBytes current = new SimBytes();
    private final List<Change> unsynced = new ArrayList<>();

    /** One unsynced change, in the order in which they were made. */
    sealed interface Change {
        void applyTo(SimBytes bytes);

        record Write(int position, byte[] data) implements Change {
            @Override
            public void applyTo(SimBytes bytes) {
                bytes.write(position, data);
            }

            int end() {
                return position + data.length;
            }
        }

        record Truncate(int size) implements Change {
            @Override
            public void applyTo(SimBytes bytes) {
                bytes.truncate(size);
            }
        }
    }

    SimInode copy() {
        SimInode copy = new SimInode();
        copy.durable = durable.copy();
        copy.current = current.copy();
        copy.unsynced.addAll(unsynced);
        return copy;
    }

    SimBytes current() {
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

    /** What a failed fsync does: the machine goes on seeing the bytes, but no later sync will write them. */
    void forgetUnsynced() {
        unsynced.clear();
    }

    void flipBit(long bit) {
        current.flipBit(bit);
        durable.flipBit(bit);
    }

    /** Decides what a power cut left. {@code inFlight} says that this file's last change was the operation cut. */
    void settle(CrashModel model, boolean inFlight, RandomGenerator random, SimGraveyard graveyard) {
        SimBytes left = switch (model) {
            case LOSE_ALL -> durable;
            case KEEP_ALL -> replay(unsynced);
            case TORN_LAST -> inFlight && !unsynced.isEmpty() ? tornLast(random) : replay(unsynced);
            case RANDOM_SECTORS -> scattered(SECTOR_BYTES, random, graveyard);
            case REORDER -> scattered(PAGE_BYTES, random, graveyard);
        };
        durable = left;
        current = left.copy();
        unsynced.clear();
    }

    private SimBytes replay(List<Change> changes) {
        SimBytes bytes = durable.copy();
        changes.forEach(change -> change.applyTo(bytes));
        return bytes;
    }

    private SimBytes tornLast(RandomGenerator random) {
        SimBytes bytes = replay(unsynced.subList(0, unsynced.size() - 1));
        switch (unsynced.getLast()) {
            case Change.Truncate truncate -> {
                if (random.nextBoolean()) {
                    truncate.applyTo(bytes);
                }
            }
            case Change.Write write -> {
                int firstSector = write.position() / SECTOR_BYTES;
                int sectors = (write.end() + SECTOR_BYTES - 1) / SECTOR_BYTES - firstSector;
                int cut = (firstSector + random.nextInt(sectors + 1)) * SECTOR_BYTES;
                int kept = Math.clamp(cut - write.position(), 0, write.data().length);
                if (random.nextBoolean()) {
                    bytes.extend(write.end());
                }
                if (kept > 0) {
                    bytes.write(write.position(), Arrays.copyOf(write.data(), kept));
                }
            }
        }
        return bytes;
    }

    /**
     * Each touched unit comes from its own moment between the last sync and the cut; the length from another. A
     * truncation is part of the length's history: before that moment it counts for every unit, after it for none.
     */
    private SimBytes scattered(int unitBytes, RandomGenerator random, SimGraveyard graveyard) {
        List<Change> surviving = new ArrayList<>();
        int lengthMoment = random.nextInt(unsynced.size() + 1);
        SimBytes sized = durable.copy();
        for (int i = 0; i < unsynced.size(); i++) {
            Change change = unsynced.get(i);
            if (i < lengthMoment) {
                sized.resizeAs(change);
                surviving.add(change);
            } else if (change instanceof Change.Write) {
                surviving.add(change);
            }
        }
        boolean mostlyNewest = random.nextBoolean();
        for (Map.Entry<Integer, List<Change>> unit :
                changesByUnit(surviving, unitBytes, sized.size()).entrySet()) {
            List<Change> changes = unit.getValue();
            int oldest = lastTruncation(changes) + 1;
            int kept = mostlyNewest && random.nextInt(8) != 0
                    ? changes.size()
                    : oldest + random.nextInt(changes.size() - oldest + 1);
            int start = unit.getKey() * unitBytes;
            SimBytes there = durable.copyOfRange(start, start + unitBytes);
            if (kept == 0 && start >= durable.size() && random.nextBoolean()) {
                there = new SimBytes(graveyard.stale(start, unitBytes, random));
            }
            for (Change change : changes.subList(0, kept)) {
                there.applyAt(change, start, unitBytes);
            }
            sized.overlay(start, there);
        }
        return sized;
    }

    private static int lastTruncation(List<Change> changes) {
        int last = changes.size() - 1;
        while (last >= 0 && !(changes.get(last) instanceof Change.Truncate)) {
            last--;
        }
        return last;
    }

    private static Map<Integer, List<Change>> changesByUnit(List<Change> changes, int unitBytes, int size) {
        Map<Integer, List<Change>> byUnit = new TreeMap<>();
        int units = (size + unitBytes - 1) / unitBytes;
        for (Change change : changes) {
            int first = switch (change) {
                case Change.Write write -> write.position() / unitBytes;
                case Change.Truncate truncate -> truncate.size() / unitBytes;
            };
            int end = switch (change) {
                case Change.Write write -> Math.min(units, (write.end() + unitBytes - 1) / unitBytes);
                case Change.Truncate _ -> units;
            };
            for (int unit = first; unit < end; unit++) {
                byUnit.computeIfAbsent(unit, _ -> new ArrayList<>()).add(change);
            }
        }
        return byUnit;
    }
}
