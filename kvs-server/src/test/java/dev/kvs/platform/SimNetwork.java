package dev.kvs.platform;

import dev.kvs.model.KvsException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The network of a simulated world: machines, the links between them, and what goes wrong on those. All of it follows from
 * one seed and the order of the calls.
 *
 * <pre>{@code
 * SimScheduler world = new SimScheduler();
 * SimNetwork network = new SimNetwork(world, seed);
 * SimHost a = network.host("a:8080");
 * Network fromA = network.connect(a, "node-a", services);   // after every restart of the host
 * network.everyLink(SimLink.lan().losing(0.05));
 * network.cut(List.of(a), List.of(b, c));                   // one way; cutBoth for both
 * world.runFor(60_000);
 * }</pre>
 *
 * <p>Harsher than HTTP on purpose: a request may take effect twice, and one whose answer is lost has taken effect though its
 * caller hears {@link Network.Unreachable}. A callback runs exactly once, unless its machine crashes first.
 */
public final class SimNetwork {
    /** How long it takes to learn that a name does not exist. */
    private static final long UNKNOWN_HOST_MILLIS = 1;

    private final SimScheduler world;
    private final SimRandomness seed;
    private final SimRandomness faults;
    private final SimTrace trace;
    private final Map<String, SimHost> hosts = new LinkedHashMap<>();
    private final Map<Way, SimLink> links = new HashMap<>();
    private final Set<Way> cuts = new HashSet<>();
    private SimLink usual = SimLink.lan();

    public SimNetwork(SimScheduler world, long seed) {
        this.world = world;
        this.seed = new SimRandomness(seed);
        this.faults = this.seed.fork("network");
        this.trace = new SimTrace(world);
    }

    /** The machine at this address; made, and up, when it is first asked for. */
    public SimHost host(String address) {
        return hosts.computeIfAbsent(address, _ -> new SimHost(address, world, trace, seed));
    }

    /** What has happened so far. */
    public SimTrace trace() {
        return trace;
    }

    /**
     * Puts a process on the machine: its services answer from now on, and it calls others through what this returns, until
     * the machine crashes. A second process on the same machine takes the place of the first.
     *
     * @param nodeId as whom the process speaks, which is what others see as proven
     */
    public Network connect(SimHost host, String nodeId, Map<PeerPath, Network.Service> services) {
        Check.that(host.isUp(), "a process runs on a machine that is up", host.address());
        host.serve(services);
        return connect(host, nodeId);
    }

    /** As above, for a process that offers its services later, by {@link SimHost#serve}. */
    public Network connect(SimHost host, String nodeId) {
        int born = host.life();
        return (address, path, body, timeoutMillis, then) ->
                new SimCall(this, world, trace, host, born, nodeId, path, then).begin(address, body, timeoutMillis);
    }

    /** How every link behaves that has no behaviour of its own. */
    public void everyLink(SimLink behaviour) {
        usual = behaviour;
        links.clear();
    }

    /** How the link from one machine to another behaves, this way only. */
    public void link(SimHost from, SimHost to, SimLink behaviour) {
        links.put(new Way(from, to), behaviour);
    }

    /** Lets nothing through from any of these machines to any of those; the other way stays as it is. */
    public void cut(Collection<SimHost> from, Collection<SimHost> to) {
        for (SimHost source : from) {
            for (SimHost target : to) {
                if (source != target) {
                    cuts.add(new Way(source, target));
                }
            }
        }
    }

    /** Lets nothing through between these and those. */
    public void cutBoth(Collection<SimHost> some, Collection<SimHost> others) {
        cut(some, others);
        cut(others, some);
    }

    /** Lets everything through again. */
    public void heal() {
        cuts.clear();
    }

    @Nullable
    SimHost known(String address) {
        return hosts.get(address);
    }

    /**
     * Brings a message from one machine to the other, or not. Whether the link is cut is looked at when it leaves and when it
     * arrives, so that a cut takes what is on its way with it.
     */
    void send(SimHost from, SimHost to, Runnable arrival) {
        SimLink link = links.getOrDefault(new Way(from, to), usual);
        if (isCut(from, to)) {
            return;
        }
        if (faults.chance(link.loss())) {
            trace.fault(SimFault.LOST, from, to);
            return;
        }
        travel(link, from, to, arrival);
        if (faults.chance(link.duplication())) {
            trace.fault(SimFault.DUPLICATED, from, to);
            travel(link, from, to, arrival);
        }
    }

    private void travel(SimLink link, SimHost from, SimHost to, Runnable arrival) {
        long nanos = faults.between(link.delayMinMicros() * 1_000, link.delayMaxMicros() * 1_000);
        if (faults.chance(link.reordering())) {
            trace.fault(SimFault.REORDERED, from, to);
            nanos += faults.between(0, link.reorderMaxMillis() * 1_000_000);
        }
        world.afterNanos(nanos, () -> {
            if (!isCut(from, to)) {
                arrival.run();
            }
        });
    }

    private boolean isCut(SimHost from, SimHost to) {
        boolean cut = !cuts.isEmpty() && cuts.contains(new Way(from, to));
        if (cut) {
            trace.fault(SimFault.CUT, from, to);
        }
        return cut;
    }

    /** What the service makes of a request, as the real door would put it. */
    static Network.Outcome ask(SimHost host, PeerPath path, String caller, byte[] body) {
        Network.Service service = host.services().get(path);
        if (service == null) {
            return new Network.Refused("unknown_path", "Nobody serves " + path.path() + " at " + host.address());
        }
        try {
            return new Network.Answered(service.answer(caller, body));
        } catch (KvsException refused) {
            return new Network.Refused(refused.code().code(), refused.detail());
        }
    }

    static long unknownHostMillis() {
        return UNKNOWN_HOST_MILLIS;
    }

    /** One direction between two machines. */
    private record Way(SimHost from, SimHost to) {}
}
