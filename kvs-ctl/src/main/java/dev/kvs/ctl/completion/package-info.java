/**
 * What may stand next on a command line: commands, flags, and names that the cluster knows. Used by the shells of the system
 * through {@code kvsctl __complete}, and by kvsctl's own. Never fails and never writes: what cannot be found out is left out.
 */
@NullMarked
package dev.kvs.ctl.completion;

import org.jspecify.annotations.NullMarked;
