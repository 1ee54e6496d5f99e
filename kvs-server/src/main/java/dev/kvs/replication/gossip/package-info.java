/**
 * How nodes of gossip mode bring each other up to date. Three ways, each a net under the one before:
 *
 * <ol>
 *   <li>{@link dev.kvs.replication.gossip.PushStream}: one a peer sends, in the order of their origins, the versions that the
 *       peer does not know. What it knows is its <em>knowledge vector</em>: for each store the sequence up to which it has
 *       everything, or everything that had not been pruned. Milliseconds.
 *   <li>Relay: what another store wrote is pushed too when the peer has still not got it after a while, so a node that reaches
 *       only one other gets everybody's writes.
 *   <li>{@link dev.kvs.replication.gossip.MerkleSync}: compares the trees of the current winners, that of the system keyspace
 *       and that of the documents, and exchanges what differs.
 * </ol>
 *
 * <p>A new node first takes the system keyspace and then all winners from one peer ({@link
 * dev.kvs.replication.gossip.Bootstrap}), then these three.
 *
 * <p>What arrives passes {@link dev.kvs.replication.gossip.Receiver}, the one place that decides what becomes of a foreign
 * version: known already, from too far in the future, deleted and collected long ago, or stored; and whether it is in conflict
 * ({@link dev.kvs.replication.gossip.ConflictJudge}).
 *
 * <p>A store whose disk was taken back to an earlier state takes another name ({@link dev.kvs.replication.gossip.Identity}).
 *
 * <p>No thread of its own, no clock, no socket: timers and calls come in through ports, answers come back on any thread, and
 * in a simulation all of it runs on one.
 *
 * <p>Sources: Parker et al., "Detection of Mutual Inconsistency in Distributed Systems" (1983) for version vectors; Malkhi and
 * Terry, "Concise Version Vectors in WinFS" (2005) for knowledge; DeCandia et al., "Dynamo" (2007) for Merkle anti-entropy.
 */
@NullMarked
package dev.kvs.replication.gossip;

import org.jspecify.annotations.NullMarked;
