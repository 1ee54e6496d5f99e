/** The program {@code kvsctl}: joins the commands with the process they run in, and decides how it ends. */
@NullMarked
package dev.kvs.ctl;

import org.jspecify.annotations.NullMarked;
