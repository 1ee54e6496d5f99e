/**
 * Whom callers of nodes believe over TLS, and what it means when they do not: the client and the other members. Nobody is
 * believed but the authorities of one PEM file, and there is no way to believe everybody.
 */
@NullMarked
package dev.kvs.tls;

import org.jspecify.annotations.NullMarked;
