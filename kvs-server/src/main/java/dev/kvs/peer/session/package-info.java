/**
 * Sessions between nodes: who calls, who answers, and that nothing in between was altered, repeated or taken from elsewhere.
 * Rests on one secret that all nodes of a cluster share, and on no clock of anybody's.
 *
 * <h2>Opening</h2>
 *
 * <pre>
 *   caller    hello     1 | cluster | node | nonce 32 | mac 32             mac under the key for hellos
 *   answerer  welcome   1 | node | session 16 | nonce 32 | mac 32          mac under the key for welcomes, over the hello too
 * </pre>
 *
 * <p>Cluster and node are texts of one length byte. Both keys come from the secret by HKDF. Both nonces, both names, the
 * cluster and the session's number go into the two keys of the session, one a direction: what was recorded elsewhere, or
 * earlier, or in the other direction, fits nothing. A hello may be recorded and sent again; what that opens is of no use
 * without the secret, and is forgotten after ten seconds.
 *
 * <h2>Calls</h2>
 *
 * <pre>
 *   call      header  session 32 hex . counter 16 hex . mac 64 hex
 *             mac     'C' | counter 8 | length 2 | "POST /internal/push" | body
 *   answer    header  mac 64 hex
 *             mac     'A' | counter 8 | status 2 | length 2 | "POST /internal/push" | body
 * </pre>
 *
 * <p>Session, cluster and both nodes are part of every mac through its key. A counter is accepted once, in any order within a
 * window of 8,192, so that calls may be under way side by side.
 *
 * <h2>What it does not do</h2>
 *
 * Nothing is encrypted: that is for TLS. Whoever has the secret can speak as any node. With no secret, as on a lone machine's
 * loopback, everything runs the same way and proves nothing; {@link dev.kvs.peer.session.NodeCredentials#isAuthenticated} says
 * so.
 *
 * <p>Pure but for the ports it is given: no thread, no IO; monotonic time for the life of sessions, secret randomness for
 * nonces. Everything is bounded: see {@link dev.kvs.peer.session.AcceptedSessions}. May import {@code model} and {@code
 * platform}.
 *
 * <p>Sources: Bellare and Rogaway, "Entity Authentication and Key Distribution" (1993) for the exchange of nonces; RFC 2104
 * (HMAC), RFC 5869 (HKDF), RFC 6479 (replay window).
 */
@NullMarked
package dev.kvs.peer.session;

import org.jspecify.annotations.NullMarked;
