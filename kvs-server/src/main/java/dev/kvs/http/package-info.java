/**
 * Floor 4, the public door: the REST API of the node over Helidon, HTTP/1.1 and h2c or both over TLS. It finds out who is
 * asking and what he may do (with {@code security}), checks everything a client sends, speaks only to the interfaces of {@code
 * replication} and to its own ports, and turns whatever goes wrong into one problem document.
 *
 * <h2>Wiring</h2>
 *
 * {@code boot} implements the ports and constructs:
 *
 * <pre>{@code
 * Meters meters = new Meters();                       // storage counters: meters.counter(...), meters.gauge(...)
 * PublicDoor door = new PublicDoor(
 *         settings,                                   // DoorSettings, DoorSettings.defaults(address, port)
 *         new PublicDoor.Engine(coordinator, reader, disputes, clusterView, audit),
 *         nodeView,                                   // NodeView: name, version, members, health checks, masked config
 *         modeSwitch,                                 // ModeSwitch: normal, read-only, syncing
 *         meters, time, randomness,
 *         guards,                                     // Guards: access control, limits, what is told of refusals
 *         peerRoutes,                                 // what nodes ask nodes, or List.of()
 *         site);                                      // Site: pages for people below /ui, or none
 * door.start();                                       // IOException when the address cannot be bound
 * ...
 * door.drain();                                       // /health/ready says 503, writes are refused
 * door.close();                                       // waits for running requests, then closes connections
 * }</pre>
 *
 * <h2>How a request goes</h2>
 *
 * {@link dev.kvs.http.GuardedSelector} takes the connection before its first byte; {@link
 * dev.kvs.http.TlsHandshake} agrees on TLS when there is a certificate. {@link dev.kvs.http.Dispatcher} takes
 * the request, finds its row in {@link dev.kvs.http.RouteTable}, asks {@link dev.kvs.http.Gate} who may use it, decodes the key from the raw path, checks parameters,
 * media type and mode, and calls the row's action. Actions answer through {@link dev.kvs.http.Exchange} or throw; {@link
 * dev.kvs.http.Problems} is the one place where what was thrown becomes an answer. Every wait on a client has an end:
 * {@link dev.kvs.http.Deadlines}. What bodies hold in memory together is bounded: {@link dev.kvs.http.BodyBudget}.
 *
 * <p>May import the floors below, Helidon and Jackson.
 */
@NullMarked
package dev.kvs.http;

import org.jspecify.annotations.NullMarked;
