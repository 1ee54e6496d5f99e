package dev.kvs.security;

import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a token is good for: {@code read}, {@code write} and {@code delete} for documents, {@code metrics} for monitoring,
 * and {@code admin:...} for the rest, where {@code *} stands for all that follows. {@code admin:*} passes everything.
 * Immutable.
 */
public final class Scopes {
    public static final String READ = "read";
    public static final String WRITE = "write";
    public static final String DELETE = "delete";
    public static final String METRICS = "metrics";
    public static final String AUDIT = "admin:audit:read";
    public static final String ADMIN = "admin:*";

    /** Every scope there is. */
    public static final List<String> ALL = List.of(
            READ,
            WRITE,
            DELETE,
            METRICS,
            "admin:users:create",
            "admin:users:read",
            "admin:users:update",
            "admin:users:delete",
            "admin:groups:create",
            "admin:groups:read",
            "admin:groups:update",
            "admin:groups:delete",
            "admin:tokens:create",
            "admin:tokens:revoke",
            AUDIT,
            "admin:users:*",
            "admin:groups:*",
            "admin:tokens:*",
            ADMIN);

    /** The scopes of an administrator. */
    static final Scopes EVERYTHING = new Scopes(Set.of(ADMIN));

    /** Documents and nothing else, which is what a new user gets. */
    public static final Scopes DOCUMENTS = new Scopes(Set.of(READ, WRITE, DELETE));

    /** The scopes of nobody. */
    static final Scopes NONE = new Scopes(Set.of());

    private final Set<String> names;
    private final boolean admin;

    private Scopes(Set<String> names) {
        this.names = names;
        this.admin = names.contains(ADMIN);
    }

    /** Scopes by their names; throws {@link KvsException} with {@code invalid_request} for one that does not exist. */
    public static Scopes of(Collection<String> names) {
        for (String name : names) {
            if (!ALL.contains(name)) {
                throw new KvsException(
                        ErrorCode.INVALID_REQUEST,
                        "There is no such scope; these are: " + String.join(", ", ALL) + ".");
            }
        }
        return new Scopes(Set.copyOf(names));
    }

    /** Those of the names that this version knows: a newer node may have written others, which then allow nothing here. */
    static Scopes known(Collection<String> names) {
        Set<String> known = new TreeSet<>(names);
        known.retainAll(ALL);
        return new Scopes(Set.copyOf(known));
    }

    /** Whether {@code name} is covered. */
    public boolean cover(String name) {
        return admin || names.contains(name) || coveredByStar(name);
    }

    private boolean coveredByStar(String name) {
        int last = name.lastIndexOf(':');
        return last > 0 && names.contains(name.substring(0, last + 1) + '*');
    }

    /** Whether all of the others are covered. */
    public boolean cover(Scopes others) {
        return others.names.stream().allMatch(this::cover);
    }

    /** Those of these that the others cover too, and the other way round. */
    Scopes and(Scopes others) {
        Set<String> both = new TreeSet<>();
        names.stream().filter(others::cover).forEach(both::add);
        others.names.stream().filter(this::cover).forEach(both::add);
        return new Scopes(Set.copyOf(both));
    }

    /** Whether everything is allowed. */
    public boolean isAdmin() {
        return admin;
    }

    /** The names, in alphabetical order. */
    public List<String> names() {
        return names.stream().sorted().toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scopes scopes && scopes.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names().toString();
    }
}
