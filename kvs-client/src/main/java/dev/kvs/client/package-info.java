/** The typed Java client: JDK HttpClient and Jackson, nothing else. */
@NullMarked
package dev.kvs.client;

import org.jspecify.annotations.NullMarked;
