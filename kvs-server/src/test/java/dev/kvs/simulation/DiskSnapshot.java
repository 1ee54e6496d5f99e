package dev.kvs.simulation;

import dev.kvs.model.StoreId;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.SimDisk;

/** A disk as it was at a moment, and what was durable on it. */
record DiskSnapshot(SimDisk disk, StoreId store, VersionVector knowledge) {}
