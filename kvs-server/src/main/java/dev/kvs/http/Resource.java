package dev.kvs.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** All methods of one path template. */
final class Resource {
    private final String template;
    private final Map<String, Route> routes = new LinkedHashMap<>();

    Resource(String template) {
        this.template = template;
    }

    void add(Route route) {
        if (routes.putIfAbsent(route.method(), route) != null) {
            throw new IllegalStateException("two routes for " + route.method() + " " + template);
        }
    }

    /** The route of a method, {@code HEAD} included; null when the method is not allowed here. */
    @Nullable
    Route route(String method) {
        return routes.get(method.equals("HEAD") ? "GET" : method);
    }

    /** Whether the template names a key, which the path then has to give. */
    boolean hasKey() {
        return template.contains(Route.KEY);
    }

    /** For {@code Allow}: {@code GET, HEAD, PUT}. */
    String allow() {
        StringJoiner allowed = new StringJoiner(", ");
        for (String method : routes.keySet()) {
            allowed.add(method);
            if (method.equals("GET")) {
                allowed.add("HEAD");
            }
        }
        return allowed.toString();
    }
}
