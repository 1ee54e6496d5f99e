package dev.kvs.ctl.context;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of a user. Immutable.
 *
 * @param current the name of the one that counts when no other is named; null for none
 * @param byName in the order of the file
 */
public record Contexts(@Nullable String current, Map<String, Context> byName) {
    /** No contexts. */
    static final Contexts NONE = new Contexts(null, Map.of());

    public Contexts {
        byName = new LinkedHashMap<>(byName);
    }

    /** The context of this name. */
    public Optional<Context> find(@Nullable String name) {
        return Optional.ofNullable(name).map(byName::get);
    }

    /** All of them. */
    public Collection<Context> all() {
        return byName.values();
    }

    /** The same with this context, in place of the one of its name. */
    public Contexts with(Context context) {
        Contexts changed = new Contexts(current, byName);
        changed.byName.put(context.name(), context);
        return changed;
    }

    /** The same without this context. */
    public Contexts without(String name) {
        Contexts changed = new Contexts(name.equals(current) ? null : current, byName);
        changed.byName.remove(name);
        return changed;
    }

    /** The same with another current one. */
    public Contexts use(String name) {
        return new Contexts(name, byName);
    }
}
