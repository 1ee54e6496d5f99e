/**
 * The commands of {@code kvsctl}, one to a file, and what they share: the global flags, the session that turns flags and
 * environment into a client, and the wording of what a node refuses. A command asks the client, hands what it got to
 * {@link dev.kvs.ctl.output.Output} and returns an exit code; it never formats and never ends the process.
 */
@NullMarked
package dev.kvs.ctl.command;

import org.jspecify.annotations.NullMarked;
