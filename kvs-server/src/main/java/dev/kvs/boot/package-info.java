/**
 * Floor 5: the process. {@link dev.kvs.boot.Main} owns what belongs to a process (arguments, streams, signals, exit
 * codes), {@link dev.kvs.boot.Node} owns what belongs to a node: it is the one place that opens and joins the parts, and
 * it closes them in reverse order. Nothing imports this package.
 */
@NullMarked
package dev.kvs.boot;

import org.jspecify.annotations.NullMarked;
