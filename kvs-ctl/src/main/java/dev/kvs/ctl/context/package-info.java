/**
 * What {@code kvsctl} keeps on this machine between two runs: the contexts, which say where a cluster is and how to talk to it,
 * and the files that nobody but their owner may read. Knows nothing of commands and asks no server.
 */
@NullMarked
package dev.kvs.ctl.context;

import org.jspecify.annotations.NullMarked;
