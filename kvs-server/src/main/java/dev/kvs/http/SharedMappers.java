package dev.kvs.http;

import io.helidon.common.mapper.MapperManager;

/**
 * Gives Helidon its mapper manager once. Without one it asks its service registry again for every {@code Content-Length}
 * that it reads, which took more than half of the time of a small PUT. The class is deprecated in Helidon 4 without a
 * replacement that the reading of headers would use.
 */
@SuppressWarnings("removal")
final class SharedMappers {
    static {
        MapperManager.global(MapperManager.create());
    }

    private SharedMappers() {}

    /** After the first call, Helidon has one; further calls do nothing. */
    static void install() {
        // Loading the class has done it.
    }
}
