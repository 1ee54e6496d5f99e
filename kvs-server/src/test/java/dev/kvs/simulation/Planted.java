package dev.kvs.simulation;

import dev.kvs.platform.Disk;
import dev.kvs.platform.Network;
import dev.kvs.storage.WinnerDigest;

/** Places at which a test plants a fault into a node; {@link #NOTHING} plants none. */
interface Planted {
    Planted NOTHING = new Planted() {};

    default Disk disk(Disk disk) {
        return disk;
    }

    default Network network(Network network) {
        return network;
    }

    default WinnerDigest digest(WinnerDigest digest) {
        return digest;
    }
}
