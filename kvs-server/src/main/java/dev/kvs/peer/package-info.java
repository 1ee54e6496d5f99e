/**
 * Floor 4, the door between nodes: {@link dev.kvs.peer.HttpNetwork} calls other nodes, {@link dev.kvs.peer.PeerDoor} answers
 * theirs. Both go through the sessions of {@link dev.kvs.peer.session}, so that what is called and what is answered comes from
 * a node of this cluster, or is refused with 401 before anything is done.
 *
 * <h2>Wiring</h2>
 *
 * <pre>{@code
 * NodeCredentials credentials = new NodeCredentials(clusterId, nodeId, secret);
 * HttpNetwork network = new HttpNetwork(credentials, tls, time, randomness);       // handed to whoever calls nodes
 * Map<PeerPath, Network.Service> services = ...;                               // what answers nodes
 * PeerDoor door = new PeerDoor(credentials, services, time, randomness);
 * new PublicDoor(..., door.routes());                                          // on the listener that clients use too
 * ...
 * network.close();
 * }</pre>
 *
 * <h2>On the wire</h2>
 *
 * A call is a POST to the path of a {@link dev.kvs.platform.PeerPath} with a body of bytes and the header {@link
 * dev.kvs.platform.PeerRoute#PROOF_HEADER}. It is answered with 200 and bytes, or with the status of a refusal and a problem
 * document; both with a proof. An answer without a proof that fits comes from the way to the node, or from somebody else, and
 * is never taken for an answer: the caller hears {@link dev.kvs.platform.Network.Unreachable} and why.
 *
 * <p>A call may have effect twice, when the session was lost and the call repeated, and may have effect although its caller
 * hears that nobody answered. What is called must bear that.
 *
 * <p>May import the floors below and the JDK's HTTP client; {@code http} mounts what {@link
 * dev.kvs.platform.PeerRoute} says, and the two do not know each other.
 */
@NullMarked
package dev.kvs.peer;

import org.jspecify.annotations.NullMarked;
