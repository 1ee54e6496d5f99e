package dev.kvs.platform;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A simulated machine: an address, clocks, timers and randomness, and a life that ends when the machine crashes. Timers and
 * messages belong to the life in which they began: a new one starts with nothing pending. Made by {@link SimNetwork#host}.
 */
public final class SimHost {
    /** Whether anybody is at home. */
    enum Power {
        /** The process runs. */
        UP,
        /** The machine runs, the process does not: connections are refused at once. */
        KILLED,
        /** Nothing runs: whoever calls waits for nothing. */
        DARK
    }

    private final String address;
    private final SimScheduler world;
    private final SimTrace trace;
    private final SimRandomness faults;
    private final SimRandomness randomness;
    private final SimTime time;

    private Map<PeerPath, Network.Service> services = Map.of();
    private Power power = Power.UP;
    private int life = 1;
    private long slowMinMillis;
    private long slowMaxMillis;
    private long pausedUntilNanos;

    SimHost(String address, SimScheduler world, SimTrace trace, SimRandomness seed) {
        this.address = address;
        this.world = world;
        this.trace = trace;
        this.faults = seed.fork("faults of " + address);
        this.randomness = seed.fork(address);
        this.time = new SimTime(world);
    }

    /** {@code host:port}. */
    public String address() {
        return address;
    }

    /** The machine's clocks, which survive its crashes. */
    public SimTime time() {
        return time;
    }

    /** The machine's randomness, which goes on after a crash and does not begin again. */
    public SimRandomness randomness() {
        return randomness;
    }

    /** Timers of the present life: a crash forgets them. A slow or paused machine is late with them. */
    public Scheduler scheduler() {
        int born = life;
        return (delayMillis, task) -> world.after(delayMillis, () -> handle(born, task));
    }

    /** Whether the process runs. */
    public boolean isUp() {
        return power == Power.UP;
    }

    /** Ends the process ({@code kill -9}); the machine stays and refuses connections. */
    public void kill() {
        end(Power.KILLED, SimFault.KILLED);
    }

    /** Ends everything: nobody answers, not even with a refusal. */
    public void cutPower() {
        end(Power.DARK, SimFault.POWER_CUT);
    }

    /** Begins a new life, in which nobody serves until {@link SimNetwork#connect}. */
    public void restart() {
        Check.that(!isUp(), "only what is down can be started", address);
        power = Power.UP;
    }

    /** From now on everything that the machine does is this much late, each time anew; 0 and 0 make it quick again. */
    public void slow(long minMillis, long maxMillis) {
        slowMinMillis = minMillis;
        slowMaxMillis = maxMillis;
    }

    /** The machine stands still for so long, then does everything that it has missed (a stop signal, a long collection). */
    public void pause(long millis) {
        trace.fault(SimFault.PAUSED, this);
        pausedUntilNanos = world.nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Lets the wall clock jump, either way; the monotonic one goes on. */
    public void jumpClock(long millis) {
        trace.fault(SimFault.CLOCK_JUMPED, this);
        time.jump(millis);
    }

    private void end(Power left, SimFault fault) {
        trace.fault(fault, this);
        power = left;
        life++;
        services = Map.of();
    }

    Power power() {
        return power;
    }

    int life() {
        return life;
    }

    /** What the process answers from now on, in the place of what it answered before. */
    public void serve(Map<PeerPath, Network.Service> offered) {
        services = Map.copyOf(offered);
    }

    Map<PeerPath, Network.Service> services() {
        return services;
    }

    /** Does {@code task} when the machine gets to it, if it is then still in the life {@code born}. */
    void handle(int born, Runnable task) {
        if (life != born) {
            return;
        }
        long late = Math.max(0, pausedUntilNanos - world.nanos());
        if (slowMaxMillis > 0) {
            trace.fault(SimFault.SLOWED, this);
            late += TimeUnit.MILLISECONDS.toNanos(faults.between(slowMinMillis, slowMaxMillis));
        }
        if (late == 0) {
            task.run();
        } else {
            world.afterNanos(late, () -> whenStillAlive(born, task));
        }
    }

    private void whenStillAlive(int born, Runnable task) {
        if (life == born) {
            task.run();
        }
    }
}
