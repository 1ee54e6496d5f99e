package dev.kvs.http;

import dev.kvs.wire.Paths;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the resource of a raw path. Five kinds of template exist: a fixed path, a name at the end of a fixed path
 * ({@code /members/{id}}; a fixed path that looks the same goes first), a key ({@code /kv/{key}}), an operation behind a
 * key ({@code /kv/{key}/_history}) and everything below a fixed path that nothing else answers ({@code /ui/{path}}). Immutable.
 */
final class RouteTable {
    private static final String KEY_PREFIX = Paths.KV + "/";
    private static final String KEY_TEMPLATE = KEY_PREFIX + Route.KEY;

    private final List<Route> routes;
    private final Map<String, Resource> fixed = new HashMap<>();
    private final Map<String, Resource> named = new HashMap<>();
    private final Map<String, Resource> operations = new HashMap<>();
    private final Map<String, Resource> subtrees = new HashMap<>();
    private final Resource keys = new Resource(KEY_TEMPLATE);

    /**
     * Where a path leads.
     *
     * @param rawKey the key as it stands in the path, still escaped; null when the resource has none
     * @param rawId the same of the name at the end
     */
    record Match(
            Resource resource,
            @Nullable String rawKey,
            @Nullable String rawId) {}

    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        this.routes.forEach(this::place);
    }

    private void place(Route route) {
        String template = route.template();
        if (template.equals(KEY_TEMPLATE)) {
            keys.add(route);
        } else if (template.startsWith(KEY_TEMPLATE)) {
            String operation = template.substring(KEY_TEMPLATE.length() + 1);
            operations.computeIfAbsent(operation, _ -> new Resource(template)).add(route);
        } else if (template.endsWith(Route.REST)) {
            String before = template.substring(0, template.length() - Route.REST.length());
            subtrees.computeIfAbsent(before, _ -> new Resource(template)).add(route);
        } else if (template.endsWith(Route.ID)) {
            String before = template.substring(0, template.length() - Route.ID.length());
            named.computeIfAbsent(before, _ -> new Resource(template)).add(route);
        } else {
            fixed.computeIfAbsent(template, Resource::new).add(route);
        }
    }

    /** Every route, in the order of the table. */
    List<Route> routes() {
        return routes;
    }

    /** The resource of a path that has not been decoded; null when there is nothing there. */
    @Nullable
    Match match(String rawPath) {
        if (!rawPath.startsWith(KEY_PREFIX)) {
            return at(rawPath);
        }
        int lastSegment = rawPath.lastIndexOf('/') + 1;
        if (lastSegment < rawPath.length() && rawPath.charAt(lastSegment) == '_') {
            Match operation = operation(rawPath, lastSegment);
            if (operation != null) {
                return operation;
            }
        }
        return new Match(keys, rawPath.substring(KEY_PREFIX.length()), null);
    }

    private @Nullable Match operation(String rawPath, int lastSegment) {
        if (lastSegment == KEY_PREFIX.length()) {
            return at(rawPath);
        }
        Resource resource = operations.get(rawPath.substring(lastSegment));
        return resource == null
                ? null
                : new Match(resource, rawPath.substring(KEY_PREFIX.length(), lastSegment - 1), null);
    }

    private @Nullable Match at(String rawPath) {
        Resource resource = fixed.get(rawPath);
        return resource == null ? named(rawPath) : new Match(resource, null, null);
    }

    private @Nullable Match named(String rawPath) {
        int name = rawPath.lastIndexOf('/') + 1;
        Resource resource = name == rawPath.length() ? null : named.get(rawPath.substring(0, name));
        return resource == null ? below(rawPath) : new Match(resource, null, rawPath.substring(name));
    }

    private @Nullable Match below(String rawPath) {
        Resource resource = subtrees.get(rawPath.substring(0, rawPath.indexOf('/', 1) + 1));
        return resource == null ? null : new Match(resource, null, null);
    }
}
