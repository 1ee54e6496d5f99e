package dev.kvs.client;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it leaves, secrets and all.
 *
 * @param headers those that say something; how the message is framed is left to whoever sends it
 */
record Outgoing(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {}
