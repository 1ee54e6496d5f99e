/**
 * The load generator behind {@code kvsctl bench}. Virtual-thread clients draw operations from a {@link
 * dev.kvs.ctl.bench.Mix} over keys drawn from a {@link dev.kvs.ctl.bench.KeyChoice}; latencies go into histograms of
 * fixed size, so a run of any length takes the same memory.
 *
 * <p><b>Coordinated omission</b> (Gil Tene): a load generator that waits for a slow answer before it sends the next
 * request leaves out just those requests that would have suffered. With a rate, every operation has a due time, and its
 * latency counts from there, whether or not a client was free to send it. Without a rate there are no due times; the
 * histogram then adds what a client would have seen had it gone on asking at its median pace.
 */
@NullMarked
package dev.kvs.ctl.bench;

import org.jspecify.annotations.NullMarked;
