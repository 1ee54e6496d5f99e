package dev.kvs.simulation;

import dev.kvs.model.Version;
import dev.kvs.platform.SimFault;
import dev.kvs.platform.SimHost;
import dev.kvs.platform.SimRandomness;
import dev.kvs.replication.Expiry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one seed: forms a cluster, lets things go wrong, makes all whole, and looks whether the promises were kept. */
final class Simulation {
    /** Calm time before and after. */
    private static final long CALM_MILLIS = 5_000;

    /** How long whole nodes may take to agree; removal from the member list and a wait of its own included. */
    private static final long AGREEMENT_MILLIS = 180_000;

    /** How long a write may take through a third node while its own cannot reach a member. */
    private static final long DETOUR_MILLIS = 30_000;

    /** Far more than clocks may differ. */
    private static final long SLOW_MILLIS = Scenario.HOUR_MILLIS / 2;

    /** {@code -Dkvs.simulation.trace=true} prints every event, for whoever looks for the cause of a violation. */
    private static final boolean TRACED = Boolean.getBoolean("kvs.simulation.trace");

    private final long seed;
    private final Scenario scenario;
    private final Tally tally = new Tally();
    private final SimCluster cluster;
    private final SimRandomness script;
    private final Clients clients;
    private final Weather weather;
    private final Watch watch;

    private Simulation(long seed, Scenario scenario, Planted planted) {
        this.seed = seed;
        this.scenario = scenario;
        this.cluster = new SimCluster(seed, scenario, planted, tally);
        SimRandomness random = new SimRandomness(seed);
        this.script = random.fork("script");
        this.clients = new Clients(
                cluster.nodes(),
                cluster.promises(),
                random.fork("clients"),
                cluster.network().trace(),
                tally);
        this.weather = new Weather(cluster, random.fork("weather"), scenario, tally);
        this.watch = new Watch(cluster, scenario);
    }

    /**
     * What a seed came to.
     *
     * @param hash of the whole event trace: equal for equal seeds
     * @param nodeMillis simulated time, summed over the nodes
     * @param violation the promise that was broken, or whatever else was thrown; null when all is well
     */
    record Outcome(
            long seed,
            long hash,
            long nodeMillis,
            long events,
            int acknowledged,
            int excused,
            Map<SimFault, Long> faults,
            Map<Misfortune, Long> misfortunes,
            Map<String, Long> tally,
            @Nullable Throwable violation) {}

    static Outcome run(long seed) {
        return run(seed, Planted.NOTHING);
    }

    static Outcome run(long seed, Planted planted) {
        return run(seed, Scenario.of(seed), planted);
    }

    static Outcome run(long seed, Scenario scenario, Planted planted) {
        Simulation simulation = new Simulation(seed, scenario, planted);
        if (TRACED) {
            simulation.cluster.network().trace().listen(System.out::println);
        }
        Throwable violation = null;
        try {
            simulation.play();
        } catch (RuntimeException | AssertionError e) {
            violation = e;
        }
        simulation.tearDown();
        return simulation.outcome(violation);
    }

    private void play() {
        cluster.found();
        cluster.world().runFor(CALM_MILLIS);
        if (scenario.absenceMillis() > 0) {
            chaos(scenario.chaosMillis() / 2);
            cluster.sendAway(
                    cluster.nodes().get((int) script.between(0, cluster.nodes().size() - 1)));
            chaos(scenario.absenceMillis());
            cluster.comeBack();
        }
        chaos(scenario.chaosMillis());
        weather.clear();
        Invariants invariants = new Invariants(cluster, scenario);
        long within = AGREEMENT_MILLIS + (scenario.jumpsClocks() ? Scenario.HOUR_MILLIS : 0);
        Violation.unless(agree(invariants, within), () -> "the nodes do not agree: " + invariants.differences());
        invariants.check();
        if (script.chance(0.2)) {
            restartAll();
            Violation.unless(
                    agree(invariants, AGREEMENT_MILLIS),
                    () -> "the nodes do not agree after a restart: " + invariants.differences());
            invariants.check();
        }
        if (script.chance(0.3)) {
            detour();
        }
        if (script.chance(0.3) && scenario.epochMillis() < Scenario.HOUR_MILLIS) {
            missedExpiry(invariants);
        }
        if (script.chance(0.3)) {
            olderCopy(invariants);
        }
        if (script.chance(0.3) && scenario.epochMillis() < Scenario.HOUR_MILLIS) {
            slowClock(invariants);
        }
    }

    /** What a node writes reaches one that it cannot reach itself, as long as there is a way around. */
    private void detour() {
        SimNode writer = cluster.nodes().getFirst();
        SimNode cutOff = cluster.nodes().getLast();
        cluster.network().cutBoth(List.of(writer.host()), List.of(cutOff.host()));
        Version written = clients.put(writer, new Expiry.Never());
        cluster.world().runFor(DETOUR_MILLIS);
        Violation.unless(
                cutOff.knowledge().contains(written.dot()),
                () -> written + " does not get around to " + cutOff.id() + ", which knows " + cutOff.knowledge());
        tally.count("writes that took a detour");
        cluster.network().heal();
    }

    /** What has expired while a node was cut off is gone there too, and what it had replaced does not come back from there. */
    private void missedExpiry(Invariants invariants) {
        SimNode writer = cluster.nodes().getFirst();
        SimNode cutOff = cluster.nodes().getLast();
        clients.fill(writer, new Expiry.Never());
        Violation.unless(agree(invariants, AGREEMENT_MILLIS), () -> "no agreement: " + invariants.differences());
        isolate(cutOff);
        clients.put(writer, new Expiry.After(1_000));
        cluster.world().runFor(CALM_MILLIS + scenario.epochMillis() + 2 * SimNode.HOUSEKEEPING_MILLIS);
        cluster.network().heal();
        Violation.unless(agree(invariants, AGREEMENT_MILLIS), () -> "no agreement: " + invariants.differences());
        invariants.check();
        tally.count("expiries that a node has missed");
    }

    /** A node whose clock is slow holds values back until they have expired elsewhere, and writes what they would have hidden. */
    private void slowClock(Invariants invariants) {
        SimNode writer = cluster.nodes().getFirst();
        SimNode slow = cluster.nodes().getLast();
        slow.host().jumpClock(-SLOW_MILLIS);
        List<Version> expired = clients.fill(writer, new Expiry.After(1_000));
        cluster.world().runFor(CALM_MILLIS + scenario.epochMillis() + 2 * SimNode.HOUSEKEEPING_MILLIS);
        clients.fill(slow, new Expiry.Never());
        cluster.world().runFor(CALM_MILLIS);
        slow.host().jumpClock(SLOW_MILLIS);
        Violation.unless(agree(invariants, AGREEMENT_MILLIS), () -> "no agreement: " + invariants.differences());
        invariants.check();
        invariants.checkHidden(expired);
        tally.count("slow clocks");
    }

    /** A node comes back with an older copy of its disk; before anybody can tell it what it has lost it takes writes, as others do. */
    private void olderCopy(Invariants invariants) {
        SimNode node = cluster.nodes().getFirst();
        DiskSnapshot earlier = node.takeSnapshot();
        write(node, script.between(1, 20));
        Violation.unless(agree(invariants, AGREEMENT_MILLIS), () -> "no agreement: " + invariants.differences());
        isolate(node);
        cluster.rollBack(node, earlier);
        write(node, script.between(0, 30));
        write(cluster.nodes().getLast(), script.between(0, 30));
        cluster.network().heal();
        Violation.unless(agree(invariants, AGREEMENT_MILLIS), () -> "no agreement: " + invariants.differences());
        invariants.check();
        tally.count("older copies of disks");
    }

    private void write(SimNode node, long times) {
        for (long i = 0; i < times; i++) {
            clients.put(node, new Expiry.Never());
            cluster.world().runFor(script.between(0, 100));
        }
    }

    private void isolate(SimNode node) {
        List<SimHost> others = cluster.nodes().stream()
                .filter(other -> other != node)
                .map(SimNode::host)
                .toList();
        cluster.network().cutBoth(List.of(node.host()), others);
    }

    private void chaos(long millis) {
        long end = cluster.world().millis() + millis;
        while (cluster.world().millis() < end) {
            cluster.world().runFor(script.between(1, 200));
            if (script.chance(0.75)) {
                clients.ask();
            } else {
                weather.turn();
            }
            if (script.chance(0.02)) {
                cluster.nodes().forEach(watch::look);
            }
        }
        cluster.nodes().forEach(watch::look);
    }

    private boolean agree(Invariants invariants, long withinMillis) {
        long end = cluster.world().millis() + withinMillis;
        long step = 500;
        while (cluster.world().millis() < end) {
            cluster.world().runFor(step);
            if (invariants.agree()) {
                // Once is not enough: it has to stay so.
                cluster.world().runFor(CALM_MILLIS);
                return invariants.agree()
                        || agree(invariants, end - cluster.world().millis());
            }
            step = Math.min(2 * step, 10_000);
        }
        return false;
    }

    /** Whatever was in memory only is gone now. */
    private void restartAll() {
        for (SimNode node : cluster.nodes()) {
            node.kill();
            cluster.start(node);
        }
    }

    /** Gives back what H2 holds for every open store. */
    private void tearDown() {
        cluster.nodes().stream().filter(SimNode::isUp).forEach(SimNode::kill);
    }

    private Outcome outcome(@Nullable Throwable violation) {
        return new Outcome(
                seed,
                cluster.network().trace().hash(),
                cluster.world().millis() * cluster.nodes().size(),
                cluster.world().eventsRun(),
                cluster.promises().all().size(),
                cluster.promises().excused(),
                cluster.network().trace().counts(),
                tally.misfortunes(),
                tally.events(),
                violation);
    }
}
