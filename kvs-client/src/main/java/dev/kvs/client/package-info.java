/**
 * The typed Java client: JDK HttpClient and Jackson, nothing else. Begin with {@link dev.kvs.client.KvsClient}.
 *
 * <p>A call goes one way through the room: {@code KvsClient} says what to do in a {@code Call} ({@code Reads}, {@code
 * Writes}); {@code Attempts} decides which server gets it, how often and when; {@code Exchange} sends it once and waits for
 * the whole answer, by the JDK's client or by {@code SingleUseHttp}; {@code Answers} and {@code Refusals} turn that into a result or a {@link
 * dev.kvs.client.KvsClientException}.
 *
 * <p>Two rules hold everywhere. A write that may have left this machine is not sent again unless the caller gave it an
 * idempotency key. And everything is bounded: each attempt, the whole call, the number of rounds, the size of an answer.
 *
 * <p>May import {@code dev.kvs.wire} and {@code dev.kvs.tls}, and nothing else of this project.
 */
@NullMarked
package dev.kvs.client;

import org.jspecify.annotations.NullMarked;
