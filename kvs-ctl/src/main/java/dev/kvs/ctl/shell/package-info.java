/**
 * The interactive shell and its scripts: the same commands without the first word, read from a person or a file. JLine lives here
 * and is loaded when a person sits at the terminal, and not before: plain commands must start quickly.
 */
@NullMarked
package dev.kvs.ctl.shell;

import org.jspecify.annotations.NullMarked;
