package dev.kvs.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kvs.wire.WireJson;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records about users as this node knows them now, in memory and indexed by what requests ask. Each record has a path of
 * its own, so that what two nodes write about different things never meets:
 *
 * <pre>
 * users/{name}                 {@link User}
 * passwords/{user}             {@link Secret}
 * groups/{name}                {@link Group}
 * memberships/{user}/{group}   one user in one group
 * tokens/{token}               {@link IssuedToken}, gone when the token expires
 * revocations/{token}          {@link Expiring}, add-only, gone when the token expires
 * cutoffs/{user}/{millis}      {@link Expiring}, add-only: the user's tokens from before are refused
 * policies/{prefix}            {@link PolicyRecord}
 * </pre>
 *
 * <p>Safe for concurrent use; changes come one after another.
 */
final class Roll {
    static final String USERS = "users/";
    static final String PASSWORDS = "passwords/";
    static final String GROUPS = "groups/";
    static final String MEMBERSHIPS = "memberships/";
    static final String TOKENS = "tokens/";
    static final String REVOCATIONS = "revocations/";
    static final String CUTOFFS = "cutoffs/";
    static final String POLICIES = "policies/";

    private static final Logger LOG = LoggerFactory.getLogger(Roll.class);

    private final Map<String, User> users = new ConcurrentHashMap<>();
    private final Map<UUID, User> usersById = new ConcurrentHashMap<>();
    private final Map<UUID, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private final Map<UUID, Set<UUID>> groupsOf = new ConcurrentHashMap<>();
    private final Map<UUID, IssuedToken> tokens = new ConcurrentHashMap<>();
    private final Map<UUID, Expiring> revocations = new ConcurrentHashMap<>();
    private final Map<UUID, Long> cutoffs = new ConcurrentHashMap<>();
    private final Map<String, Policy> policies = new ConcurrentHashMap<>();
    private final AtomicInteger edition = new AtomicInteger();

    /** A roll with nobody on it but {@link User#ROOT}. */
    Roll() {
        enter(User.ROOT.name(), User.ROOT);
        groups.put(Group.ADMINS.name(), Group.ADMINS);
        member(User.ROOT.id() + "/" + Group.ADMINS.id(), true);
    }

    /** Takes over a record as it is now; null when it is gone. One that cannot be read changes nothing. */
    void apply(String path, byte @Nullable [] json) {
        int slash = path.indexOf('/') + 1;
        try {
            apply(path.substring(0, slash), path.substring(slash), json);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.warn("The record {} cannot be read and does nothing here; has a newer version written it?", path, e);
        }
        edition.incrementAndGet();
    }

    private void apply(String kind, String name, byte @Nullable [] json) throws JsonProcessingException {
        switch (kind) {
            case USERS -> enter(name, read(json, User.class));
            case PASSWORDS -> put(passwords, UUID.fromString(name), json == null ? null : secret(json));
            case GROUPS -> {
                boolean admins = json == null && name.equals(Group.ADMINS.name());
                put(groups, name, admins ? Group.ADMINS : read(json, Group.class));
            }
            case MEMBERSHIPS -> member(name, json != null);
            case TOKENS -> put(tokens, UUID.fromString(name), read(json, IssuedToken.class));
            case REVOCATIONS -> {
                if (json != null) {
                    revocations.put(UUID.fromString(name), WireJson.read(json, Expiring.class));
                }
            }
            case CUTOFFS -> {
                int slash = name.indexOf('/');
                UUID user = UUID.fromString(name.substring(0, slash));
                cutoffs.merge(user, Long.parseLong(name.substring(slash + 1)), Math::max);
            }
            case POLICIES -> {
                PolicyRecord policy = read(json, PolicyRecord.class);
                put(policies, name, policy == null ? null : policy.at(name));
            }
            default -> LOG.warn("A record {}... is of a kind that this version does not know", kind);
        }
    }

    private static <T> @Nullable T read(byte @Nullable [] json, Class<T> type) throws JsonProcessingException {
        return json == null ? null : WireJson.read(json, type);
    }

    private static String secret(byte[] json) throws JsonProcessingException {
        return WireJson.read(json, Secret.class).value();
    }

    private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    private void enter(String name, @Nullable User record) {
        User user = record == null && name.equals(User.ROOT.name()) ? User.ROOT : record;
        User before = user == null ? users.remove(name) : users.put(name, user);
        if (before != null) {
            usersById.remove(before.id());
        }
        if (user != null) {
            usersById.put(user.id(), user);
        }
    }

    private void member(String name, boolean belongs) {
        int slash = name.indexOf('/');
        UUID user = UUID.fromString(name.substring(0, slash));
        UUID group = UUID.fromString(name.substring(slash + 1));
        Set<UUID> all = groupsOf.computeIfAbsent(user, _ -> ConcurrentHashMap.newKeySet());
        if (belongs) {
            all.add(group);
        } else {
            all.remove(group);
        }
    }

    /** Another number after every change. */
    int edition() {
        return edition.get();
    }

    Optional<User> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    Optional<User> user(UUID id) {
        return Optional.ofNullable(usersById.get(id));
    }

    /** Every user, by name. */
    List<User> users() {
        return sorted(users.values(), Comparator.comparing(User::name));
    }

    Optional<Group> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    Optional<Group> group(UUID id) {
        return groups.values().stream().filter(group -> group.id().equals(id)).findFirst();
    }

    /** Every group, by name. */
    List<Group> groups() {
        return sorted(groups.values(), Comparator.comparing(Group::name));
    }

    /** The groups of a user; those that have been deleted may be among them. */
    Set<UUID> groupsOf(UUID user) {
        Set<UUID> all = groupsOf.get(user);
        return all == null ? Set.of() : Set.copyOf(all);
    }

    /** The users in a group, by name. */
    List<User> members(UUID group) {
        return users().stream()
                .filter(user -> groupsOf(user.id()).contains(group))
                .toList();
    }

    /** The Argon2id hash of a user's password. */
    Optional<String> password(UUID user) {
        return Optional.ofNullable(passwords.get(user));
    }

    Optional<IssuedToken> token(UUID id) {
        return Optional.ofNullable(tokens.get(id));
    }

    /** The tokens that were given out and have not expired, the newest first. */
    List<IssuedToken> tokens() {
        return sorted(
                tokens.values(),
                Comparator.comparingLong(IssuedToken::issuedAt)
                        .thenComparing(IssuedToken::id)
                        .reversed());
    }

    boolean isRevoked(UUID token) {
        return revocations.containsKey(token);
    }

    /** Tokens of a user that were issued before are refused; milliseconds since the epoch, 0 for none. */
    long cutoff(UUID user) {
        return cutoffs.getOrDefault(user, 0L);
    }

    /** Every policy, by prefix. */
    List<Policy> policies() {
        return sorted(policies.values(), Comparator.comparing(Policy::prefix));
    }

    /** The policy with the longest prefix that a key lies below, or is. */
    Optional<Policy> policyOf(String key) {
        if (policies.isEmpty()) {
            return Optional.empty();
        }
        for (int end = key.length(); end > 0; end = key.lastIndexOf('/', end - 1)) {
            Policy policy = policies.get(key.substring(0, end));
            if (policy != null) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }

    /** Forgets what has expired, of which nobody tells, and what a cutoff refuses, which needs no revocation any more. */
    void forget(long nowMillis) {
        tokens.values().removeIf(token -> {
            boolean cutOff = token.issuedAt() < cutoff(token.user());
            if (cutOff) {
                revocations.remove(token.id());
            }
            return cutOff || token.expiresAt() <= nowMillis;
        });
        revocations.values().removeIf(revocation -> revocation.expiresAt() <= nowMillis);
    }

    private static <T> List<T> sorted(Collection<T> all, Comparator<T> order) {
        return all.stream().sorted(order).toList();
    }
}
