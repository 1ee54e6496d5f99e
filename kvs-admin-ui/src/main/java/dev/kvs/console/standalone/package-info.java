/**
 * The console as a program of its own, against any member of a cluster: {@code kvs-admin-ui/bin/kvs-console --server URL}. Listens
 * with Helidon, as the node does, and holds nothing but sessions.
 */
@NullMarked
package dev.kvs.console.standalone;

import org.jspecify.annotations.NullMarked;
