/**
 * What becomes of log entries: SLF4J and Helidon both end in the JDK's own logging, and this room decides level, form and
 * destination from the node's configuration alone. No properties file is read, which also saves start-up time.
 */
@NullMarked
package dev.kvs.boot.logging;

import org.jspecify.annotations.NullMarked;
