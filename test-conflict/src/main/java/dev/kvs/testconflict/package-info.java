/**
 * The program {@code test-conflict}: makes conflicts by hand, in the data directories of stopped nodes, so that a person can
 * watch a cluster settle them and compare the outcome with what was foretold.
 *
 * <p>Writes through the real store and under a node's lock, so a directory is afterwards what a node would have left. Knows
 * nothing of the network. The order that foretells the winner is {@link dev.kvs.model.VersionOrder}, the nodes' own.
 */
@NullMarked
package dev.kvs.testconflict;

import org.jspecify.annotations.NullMarked;
