/**
 * Floor 2: who belongs to the cluster and who is alive. Nodes find each other through seeds, spread what they know by gossip,
 * find the dead by probing in seconds, and refuse whoever would break the cluster: a node of another cluster, policy or mode,
 * a second node of the same name.
 *
 * <p>{@link dev.kvs.membership.Membership} is the door, and the only class with a lock. Behind it {@link
 * dev.kvs.membership.Protocol} is a pure machine: steps and messages go in, {@link dev.kvs.membership.Decision}s come out. It is
 * made of one mechanism a class: {@link dev.kvs.membership.Roster} (states and their changes), {@link
 * dev.kvs.membership.Hearsay} (what to believe), {@link dev.kvs.membership.Detector} (who is silent), {@link
 * dev.kvs.membership.Suspicion}, {@link dev.kvs.membership.Awareness}, {@link dev.kvs.membership.BroadcastQueue}, {@link
 * dev.kvs.membership.Exchanges}, {@link dev.kvs.membership.Candidates} (who may be there), {@link
 * dev.kvs.membership.Doorkeeper} and {@link dev.kvs.membership.Rivals} (one name, one node), {@link
 * dev.kvs.membership.Joining} and {@link dev.kvs.membership.Reunion} (finding each other, again).
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A node is on the list only after it has answered, with its name and data directory, at its address.
 *   <li>Only a node itself raises its incarnation; of two claims the one that {@link dev.kvs.membership.Precedence} puts higher
 *       wins on every node, in whatever order they come.
 *   <li>A member fails only after a suspicion that it could have refuted, or when somebody else answers at its address.
 *   <li>What is kept and what is sent is bounded by {@value dev.kvs.membership.Message#MEMBERS_MAX} members, whatever others say.
 *   <li>Being off the list ends probes and votes. It never touches data or what is known of the member's writes.
 * </ul>
 *
 * <p>May import {@code model}, {@code platform}, the error table of {@code wire}, and Jackson's streaming parser. Sources: Das,
 * Gupta, Motivala, "SWIM: Scalable Weakly-consistent Infection-style Process Group Membership Protocol", DSN 2002; Dadgar,
 * Phillips, Currey, "Lifeguard: Local Health Awareness for More Accurate Failure Detection", 2018.
 */
@NullMarked
package dev.kvs.membership;

import org.jspecify.annotations.NullMarked;
