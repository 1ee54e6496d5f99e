/**
 * The write-ahead log: numbered segments of checksummed frames, one synced frame per group of writers. It is what an
 * acknowledgement means: a write is acknowledged when its frame is synced, and recovery finds every such frame again.
 *
 * <p>Invariant: a frame is written only after the one before it is synced. So a bad frame that a valid one follows is
 * damage and stops the start; any other bad tail was never acknowledged and is cut.
 *
 * <p>Source of the idea of group commit: DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984.
 */
@NullMarked
package dev.kvs.storage.log;

import org.jspecify.annotations.NullMarked;
