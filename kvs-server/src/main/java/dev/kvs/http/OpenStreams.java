package dev.kvs.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which connections carry a request of any length: the server takes a connection for idle when its last request began long
 * ago. Safe for concurrent use; a connection of HTTP/2 may carry several.
 */
final class OpenStreams {
    private final Map<String, Integer> bySocket = new ConcurrentHashMap<>();

    void begin(String socketId) {
        bySocket.merge(socketId, 1, Integer::sum);
    }

    void end(String socketId) {
        bySocket.computeIfPresent(socketId, (_, count) -> count == 1 ? null : count - 1);
    }

    boolean isOn(String socketId) {
        return bySocket.containsKey(socketId);
    }
}
