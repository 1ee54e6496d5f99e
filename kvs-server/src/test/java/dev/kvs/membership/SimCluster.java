package dev.kvs.membership;

import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.SimHost;
import dev.kvs.platform.SimNetwork;
import dev.kvs.platform.SimScheduler;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** A cluster of nodes that do nothing but membership, in one simulated world. */
final class SimCluster {
    static final ClusterIdentity IDENTITY = new ClusterIdentity("c7f0", "oldest-node", "gossip");

    /** Hundreds of nodes have more to say than anybody wants to read. */
    private static final Logger QUIET = Logger.getLogger("dev.kvs.membership");

    private final long seed;
    private final SimScheduler world = new SimScheduler();
    private final SimNetwork network;
    private final Map<String, SimMember> members = new LinkedHashMap<>();
    private UnaryOperator<MembershipSettings> settings = UnaryOperator.identity();
    private UnaryOperator<Map<PeerPath, Network.Service>> services = UnaryOperator.identity();
    private UnaryOperator<Parts> parts = UnaryOperator.identity();

    SimCluster(long seed) {
        QUIET.setLevel(Level.SEVERE);
        this.seed = seed;
        this.network = new SimNetwork(world, seed);
    }

    long seed() {
        return seed;
    }

    SimScheduler world() {
        return world;
    }

    SimNetwork network() {
        return network;
    }

    /** Lets every node made from now on have other settings. */
    void settings(UnaryOperator<MembershipSettings> changed) {
        settings = changed;
    }

    /** Plants other parts into every node made from now on. */
    void plant(UnaryOperator<Parts> planted) {
        parts = planted;
    }

    /** Lets every node started from now on serve other things than it would. */
    void serve(UnaryOperator<Map<PeerPath, Network.Service>> changed) {
        services = changed;
    }

    Map<PeerPath, Network.Service> servicesOf(Membership membership) {
        return services.apply(membership.services());
    }

    UnaryOperator<Parts> planted() {
        return parts;
    }

    MembershipSettings settingsFor(List<String> seeds) {
        return settings.apply(MembershipSettings.defaults(seeds));
    }

    /** A node of this name on a machine of its own, that has not joined yet. */
    SimMember node(String name, String... seeds) {
        return nodeAt(name + ":1", name, storeOf(name, 1), IDENTITY, seeds);
    }

    /** A node with everything about it said. */
    SimMember nodeAt(String address, String name, StoreId store, ClusterIdentity identity, String... seeds) {
        SimMember member =
                new SimMember(this, network.host(address), new NodeId(name), store, identity, Arrays.asList(seeds));
        members.put(address, member);
        return member;
    }

    /** So many nodes that have joined through the first, in one go. */
    List<SimMember> joined(int count) {
        for (int i = 0; i < count; i++) {
            SimMember member = i == 0 ? node("n0") : node("n" + i, "n0:1");
            member.start();
        }
        return List.copyOf(members.values());
    }

    /** So many nodes of which each knows all others already, as after a long life together. */
    List<SimMember> acquainted(int count) {
        List<Member> everybody = IntStream.range(0, count)
                .mapToObj(i -> node("n" + i, "n0:1").beginning())
                .toList();
        for (SimMember member : members.values()) {
            member.acquaintWith(everybody);
            member.start();
        }
        return List.copyOf(members.values());
    }

    Collection<SimMember> members() {
        return members.values();
    }

    List<SimHost> hosts(Collection<SimMember> some) {
        return some.stream().map(SimMember::host).toList();
    }

    static StoreId storeOf(String name, int number) {
        return new StoreId(new UUID(name.hashCode(), number));
    }

    /** Whether each of these sees all of them alive, and nobody else. */
    static boolean agree(Collection<SimMember> some) {
        return some.stream().allMatch(member -> member.seesAlive(some));
    }

    /** Runs until those agree; false when they do not within the time. */
    boolean untilTheyAgree(Collection<SimMember> some, long withinMillis) {
        // Looked at every so often, because looking costs more than an event.
        long end = world.millis() + withinMillis;
        while (!agree(some)) {
            if (world.millis() >= end) {
                return false;
            }
            world.runFor(Math.min(50, end - world.millis()));
        }
        return true;
    }

    /** What everybody sees, for the message of a failed assertion. */
    String picture() {
        StringBuilder picture = new StringBuilder("seed " + seed + " at " + world.millis() + " ms");
        members.values().forEach(member -> picture.append("\n  ").append(member));
        return picture.toString();
    }
}
