/**
 * Floor 1: the words everything else speaks. Keys, versions, version vectors, the hybrid logical clock and the one total
 * order that decides conflicts. Pure: no clock, no thread, no IO. May import {@code platform} (for
 * {@link dev.kvs.platform.Check}) and the error table of {@code wire}.
 *
 * <p>Sources: Kulkarni et al., "Logical Physical Clocks" (2014) for the clock; Preguica et al., "Dotted Version Vectors"
 * (2010) for dots.
 */
@NullMarked
package dev.kvs.model;

import org.jspecify.annotations.NullMarked;
