package dev.kvs.simulation;

import dev.kvs.model.Version;
import dev.kvs.platform.Disk;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Time;
import dev.kvs.replication.SystemKeyspace;
import dev.kvs.storage.Store;
import dev.kvs.storage.WinnerDigest;
import java.util.function.Consumer;

/** Places at which a test plants a fault into a node; {@link #NOTHING} plants none. Production code knows nothing of them. */
interface Planted {
    Planted NOTHING = new Planted() {};

    /** The disk that the store gets. */
    default Disk disk(Disk disk) {
        return disk;
    }

    /** The clocks that replication gets. */
    default Time replicationTime(Time time) {
        return time;
    }

    /** The network through which replication asks others. */
    default Network network(Network network, Store store) {
        return network;
    }

    /** What others are answered. */
    default Network.Service service(PeerPath path, Network.Service service, Store store) {
        return service;
    }

    /** The tree that follows the store's winners. */
    default WinnerDigest digest(WinnerDigest digest) {
        return digest;
    }

    /** What those who read at the node see of it. */
    default Reading reading(Store store, SystemKeyspace system, Time time) {
        return new Reading(store, system, time);
    }

    /** Whoever is told of what changes in the system. */
    default Consumer<Version> listener(Consumer<Version> listener) {
        return listener;
    }

    /** Whether what is planted makes calls of the node's own fail, and it is to go on. */
    default boolean failsItself() {
        return false;
    }

    /** The store, once replication has been put on top of it. */
    default void opened(Store store) {}
}
