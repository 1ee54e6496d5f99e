/**
 * Floor 0: the ports through which the outside world comes in. Time, timers, randomness, disk and network are interfaces here, so that a
 * whole cluster can run in a simulation from one seed; {@link dev.kvs.platform.Check} guards invariants and is never
 * switched off. Imports nothing of the project.
 */
@NullMarked
package dev.kvs.platform;

import org.jspecify.annotations.NullMarked;
