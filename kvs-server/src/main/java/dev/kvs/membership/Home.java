package dev.kvs.membership;

import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;

/** What makes a process one and the same for the others: its name, its data directory and where it is reached. */
record Home(NodeId id, StoreId store, String address) {}
