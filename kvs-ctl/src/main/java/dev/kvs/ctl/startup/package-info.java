/**
 * What is done once after a build so that each later start is quick. Called by the script that makes the JVM's start-up
 * cache, never by a command.
 */
@NullMarked
package dev.kvs.ctl.startup;

import org.jspecify.annotations.NullMarked;
