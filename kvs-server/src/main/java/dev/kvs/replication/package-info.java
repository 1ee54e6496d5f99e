/**
 * Floor 3: where a key lives and when a write is acknowledged. The doors speak only to {@link
 * dev.kvs.replication.Coordinator} (writes) and {@link dev.kvs.replication.Reader} (reads); the cluster mode decides what
 * stands behind them. What the cluster keeps about itself goes through {@link dev.kvs.replication.SystemKeyspace} in every
 * mode. May import storage and the floors below, never a door.
 */
@NullMarked
package dev.kvs.replication;

import org.jspecify.annotations.NullMarked;
