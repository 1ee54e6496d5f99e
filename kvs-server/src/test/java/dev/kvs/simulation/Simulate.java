package dev.kvs.simulation;

import dev.kvs.platform.SimFault;
import dev.kvs.simulation.Simulation.Outcome;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Runs many seeds and says what came of them; the body of {@code integration-tests/simulate}. */
public final class Simulate {
    private static final int EXIT_VIOLATION = 1;
    private static final long PROGRESS_EVERY = 100;
    private static final double MILLIS_PER_HOUR = 3_600_000.0;

    private final PrintStream out;
    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<String, Long> events = new TreeMap<>();
    private long runs;
    private long violations;
    private long nodeMillis;
    private long acknowledged;
    private long excused;
    private long simulatedEvents;

    private Simulate(PrintStream out) {
        this.out = out;
        for (Misfortune misfortune : Misfortune.values()) {
            faults.put(word(misfortune), 0L);
        }
        for (SimFault fault : SimFault.values()) {
            faults.put("network: " + word(fault), 0L);
        }
    }

    /** Arguments: how many seeds, the first, how many at a time. */
    public static void main(String[] args) throws InterruptedException {
        Quiet.log();
        Simulate simulate = new Simulate(System.out);
        boolean well = simulate.run(Long.parseLong(args[0]), Long.parseLong(args[1]), Integer.parseInt(args[2]));
        System.exit(well ? 0 : EXIT_VIOLATION);
    }

    private boolean run(long count, long first, int jobs) throws InterruptedException {
        long began = System.nanoTime();
        AtomicLong next = new AtomicLong(first);
        CountDownLatch done = new CountDownLatch(jobs);
        for (int i = 0; i < jobs; i++) {
            Thread.ofPlatform().name("simulation-" + i).start(() -> {
                for (long seed = next.getAndIncrement(); seed < first + count; seed = next.getAndIncrement()) {
                    add(Simulation.run(seed));
                }
                done.countDown();
            });
        }
        done.await();
        report((System.nanoTime() - began) / 1e9);
        return violations == 0;
    }

    private synchronized void add(Outcome outcome) {
        runs++;
        nodeMillis += outcome.nodeMillis();
        acknowledged += outcome.acknowledged();
        excused += outcome.excused();
        simulatedEvents += outcome.events();
        outcome.faults().forEach((fault, n) -> faults.merge("network: " + word(fault), n, Long::sum));
        outcome.misfortunes().forEach((misfortune, n) -> faults.merge(word(misfortune), n, Long::sum));
        outcome.tally().forEach((event, n) -> events.merge(event, n, Long::sum));
        if (outcome.violation() != null) {
            violations++;
            out.println("VIOLATION with seed " + outcome.seed() + ": " + outcome.violation());
            out.println("  again: integration-tests/simulate --seeds 1 --first " + outcome.seed());
            if (!(outcome.violation() instanceof Violation)) {
                outcome.violation().printStackTrace(out);
            }
        }
        if (runs % PROGRESS_EVERY == 0) {
            out.println(runs + " seeds, " + violations + " violations");
        }
    }

    private void report(double seconds) {
        out.printf(
                Locale.ROOT,
                "%nseeds %d, violations %d%nnode-hours %.1f, events %d, in %.0f s (%.2f s a seed)%n"
                        + "acknowledged writes %d, of those on one disk only when it was lost %d%n",
                runs,
                violations,
                nodeMillis / MILLIS_PER_HOUR,
                simulatedEvents,
                seconds,
                seconds / runs,
                acknowledged,
                excused);
        out.println("what went wrong");
        faults.forEach((fault, n) -> out.printf(Locale.ROOT, "  %-40s %d%n", fault, n));
        out.println("what happened");
        events.forEach((event, n) -> out.printf(Locale.ROOT, "  %-40s %d%n", event, n));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
