package dev.kvs.platform;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What happened in a simulated world, in order: as one number to compare two runs by, as counts of the faults that fired,
 * and as lines of text for whoever listens.
 */
public final class SimTrace {
    private final SimScheduler scheduler;
    private final Map<SimFault, Long> faults = new EnumMap<>(SimFault.class);
    private Consumer<String> listener = _ -> {};
    private boolean heard;
    private long hash;

    SimTrace(SimScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** From now on every event goes to {@code lines} too: {@code 1234567 n1:1 -> n2:1 PROBE request 213}. */
    public void listen(Consumer<String> lines) {
        listener = lines;
        heard = true;
    }

    /** One number for all that has happened: equal after equal runs, and practically only then. */
    public long hash() {
        return hash;
    }

    /** How often the fault has fired. */
    public long count(SimFault fault) {
        return faults.getOrDefault(fault, 0L);
    }

    /** Every fault that has fired, with its count. */
    public Map<SimFault, Long> counts() {
        return Map.copyOf(faults);
    }

    /** Notes an event of the test's own world, so that it becomes part of the run's identity. */
    public void note(String what) {
        mix(what.hashCode());
        tell(what);
    }

    void fault(SimFault fault, SimHost host) {
        faults.merge(fault, 1L, Long::sum);
        mix(fault.ordinal());
        mix(host.address().hashCode());
        if (heard) {
            tell(host.address() + " " + fault);
        }
    }

    void fault(SimFault fault, SimHost from, SimHost to) {
        faults.merge(fault, 1L, Long::sum);
        mix(fault.ordinal());
        message(from, to, "", new byte[0]);
        if (heard) {
            tell(from.address() + " -> " + to.address() + " " + fault);
        }
    }

    void message(SimHost from, SimHost to, String what, byte[] body) {
        mix(from.address().hashCode());
        mix(to.address().hashCode());
        mix(what.hashCode());
        mix(Arrays.hashCode(body));
        if (heard && !what.isEmpty()) {
            tell(from.address() + " -> " + to.address() + " " + what + " " + body.length);
        }
    }

    private void tell(String what) {
        listener.accept(scheduler.nanos() / 1_000 + " " + what);
    }

    /** One round of the mixing function of SplitMix64, over everything so far, the moment and the value. */
    private void mix(int value) {
        long mixed = hash * 31 + scheduler.nanos() * 0x9E3779B97F4A7C15L + value;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        hash = mixed ^ (mixed >>> 31);
    }
}
