package dev.kvs.security;

import dev.kvs.model.KvsException;
import dev.kvs.model.Uuids;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Time;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.WireJson;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Users and groups: who may change them, and how. Every change is one record of the system keyspace, durable here when a
 * method comes back, and on its way to the other nodes. Refusals: {@code forbidden}, {@code user_not_found}, {@code
 * group_not_found}, {@code name_taken}, {@code invalid_request}, and those of a write.
 */
public final class Accounts {
    /** Users, and groups, that a cluster can have: all are held in memory. */
    static final int MOST = 10_000;

    /** Groups that a user can be in. */
    static final int GROUPS_MAX = 100;

    private final Roll roll;
    private final Records records;
    private final Passwords passwords;
    private final Witness witness;
    private final Time time;
    private final Randomness randomness;

    Accounts(Roll roll, Records records, Passwords passwords, Witness witness, Time time, Randomness randomness) {
        this.roll = roll;
        this.records = records;
        this.passwords = passwords;
        this.witness = witness;
        this.time = time;
        this.randomness = randomness;
    }

    /**
     * A user with everything about him that can be shown.
     *
     * @param groups by name
     * @param hasPassword whether he can log in with one
     */
    public record Profile(User user, List<String> groups, boolean hasPassword) {}

    /**
     * What to make of a user; null leaves things as they are.
     *
     * @param scopes the most a token of his may be good for
     * @param groups the names of the groups he is in
     * @param password a new one, which ends the tokens he has
     * @param disabled whether his tokens are refused
     */
    public record Change(
            @Nullable List<String> scopes,
            @Nullable List<String> groups,
            @Nullable String password,
            @Nullable Boolean disabled) {}

    /** Every user, by name. */
    public List<Profile> users(Caller by) {
        require(by, "admin:users:read");
        return roll.users().stream().map(this::profile).toList();
    }

    /** One user; everybody may see himself. */
    public Profile user(Caller by, String name) {
        if (!name.equals(by.name()) || by.isAnonymous()) {
            require(by, "admin:users:read");
        }
        return profile(existing(name));
    }

    private Profile profile(User user) {
        List<String> groups = roll.groups().stream()
                .filter(group -> roll.groupsOf(user.id()).contains(group.id()))
                .map(Group::name)
                .toList();
        return new Profile(user, groups, roll.password(user.id()).isPresent());
    }

    /** Makes a user. */
    public Profile create(Caller by, String name, Change change) {
        require(by, "admin:users:create");
        if (roll.users().size() >= MOST) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "A cluster has " + MOST + " users at most.");
        }
        Scopes scopes = granted(by, change.scopes() == null ? Scopes.DOCUMENTS.names() : change.scopes());
        List<Group> groups = change.groups() == null ? List.of() : groups(by, change.groups());
        String hash = change.password() == null ? null : passwords.hash(change.password());
        User user = new User(
                uuid(),
                Names.checked(name),
                scopes.names(),
                time.epochMillis(),
                Boolean.TRUE.equals(change.disabled()));
        requireFree(name, roll.user(name).isPresent());
        taken(name, () -> records.create(Roll.USERS + name, WireJson.write(user), Records.FOR_GOOD));
        for (Group group : groups) {
            join(user, group);
        }
        if (hash != null) {
            keep(user, hash);
        }
        witness.saw(by, "user.create", name);
        return profile(user);
    }

    /** Changes a user. */
    public Profile update(Caller by, String name, Change change) {
        boolean ownPassword = name.equals(by.name())
                && !by.isAnonymous()
                && change.scopes() == null
                && change.groups() == null
                && change.disabled() == null;
        if (!ownPassword) {
            require(by, "admin:users:update");
        }
        User user = existing(name);
        requireNoLess(by, user);
        List<Group> groups = change.groups() == null ? null : groups(by, change.groups());
        String hash = change.password() == null ? null : passwords.hash(change.password());
        List<String> scopes = change.scopes() == null
                ? user.scopes()
                : granted(by, change.scopes()).names();
        boolean disabled = change.disabled() == null ? user.disabled() : change.disabled();
        User changed = new User(user.id(), name, scopes, user.createdAt(), disabled);
        requireAnAdministrator(changed);
        if (!changed.equals(user)) {
            records.put(Roll.USERS + name, WireJson.write(changed), Records.FOR_GOOD);
        }
        if (groups != null) {
            regroup(user, groups);
        }
        if (hash != null) {
            keep(user, hash);
            cutOff(user);
        }
        witness.saw(by, "user.update", name);
        return profile(changed);
    }

    /** Removes a user; his values stay, and belong to nobody. */
    public void delete(Caller by, String name) {
        require(by, "admin:users:delete");
        User user = existing(name);
        requireNoLess(by, user);
        if (user.id().equals(User.ROOT.id())) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "root cannot be removed; he can be disabled.");
        }
        if (user.id().equals(by.user())) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST, "Nobody removes himself; let another administrator do it.");
        }
        records.delete(Roll.USERS + name);
        records.delete(Roll.PASSWORDS + user.id());
        for (UUID group : roll.groupsOf(user.id())) {
            records.delete(Roll.MEMBERSHIPS + user.id() + "/" + group);
        }
        witness.saw(by, "user.delete", name);
    }

    /** Every group, by name. */
    public List<Group> groups(Caller by) {
        require(by, "admin:groups:read");
        return roll.groups();
    }

    /** The names of a group's members. */
    public List<String> members(Caller by, String name) {
        require(by, "admin:groups:read");
        return roll.members(existingGroup(name).id()).stream().map(User::name).toList();
    }

    /** One group. */
    public Group group(Caller by, String name) {
        require(by, "admin:groups:read");
        return existingGroup(name);
    }

    /** Makes a group. */
    public Group createGroup(Caller by, String name) {
        require(by, "admin:groups:create");
        if (roll.groups().size() >= MOST) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "A cluster has " + MOST + " groups at most.");
        }
        Group group = new Group(uuid(), Names.checked(name), time.epochMillis());
        requireFree(name, roll.group(name).isPresent());
        taken(name, () -> records.create(Roll.GROUPS + name, WireJson.write(group), Records.FOR_GOOD));
        witness.saw(by, "group.create", name);
        return group;
    }

    /** Makes a group consist of these users. */
    public void setMembers(Caller by, String name, List<String> members) {
        require(by, "admin:groups:update");
        Group group = existingGroup(name);
        List<User> wanted = members.stream().distinct().map(this::existing).toList();
        List<User> present = roll.members(group.id());
        for (User user : wanted) {
            if (!present.contains(user)) {
                join(user, group);
            }
        }
        for (User user : present) {
            if (!wanted.contains(user)) {
                records.delete(membership(user, group));
            }
        }
        witness.saw(by, "group.update", name);
    }

    /** Removes a group; its values stay, and no group may do anything with them. */
    public void deleteGroup(Caller by, String name) {
        require(by, "admin:groups:delete");
        Group group = existingGroup(name);
        if (group.id().equals(Group.ADMINS.id())) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "The group admin cannot be removed.");
        }
        for (User user : roll.members(group.id())) {
            records.delete(membership(user, group));
        }
        records.delete(Roll.GROUPS + name);
        witness.saw(by, "group.delete", name);
    }

    private List<Group> groups(Caller by, List<String> names) {
        if (!names.isEmpty()) {
            require(by, "admin:groups:update");
        }
        if (names.size() > GROUPS_MAX) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "A user is in " + GROUPS_MAX + " groups at most.");
        }
        return names.stream().distinct().map(this::existingGroup).toList();
    }

    private void regroup(User user, List<Group> wanted) {
        List<UUID> ids = wanted.stream().map(Group::id).toList();
        for (UUID group : roll.groupsOf(user.id())) {
            if (!ids.contains(group)) {
                records.delete(Roll.MEMBERSHIPS + user.id() + "/" + group);
            }
        }
        for (Group group : wanted) {
            if (!roll.groupsOf(user.id()).contains(group.id())) {
                join(user, group);
            }
        }
    }

    private void join(User user, Group group) {
        records.put(membership(user, group), WireJson.write(List.of()), Records.FOR_GOOD);
    }

    private static String membership(User user, Group group) {
        return Roll.MEMBERSHIPS + user.id() + "/" + group.id();
    }

    private void keep(User user, String hash) {
        records.put(Roll.PASSWORDS + user.id(), WireJson.write(new Secret(hash)), Records.FOR_GOOD);
    }

    /** Ends every token of a user; everybody may end his own. */
    public void endTokens(Caller by, String name) {
        boolean own = name.equals(by.name()) && !by.isAnonymous();
        if (!own) {
            require(by, "admin:tokens:revoke");
        }
        User user = existing(name);
        if (!own) {
            requireNoLess(by, user);
        }
        cutOff(user);
        witness.saw(by, "token.revoke-all", name);
    }

    /** Issue times are whole seconds, so a token of this very second goes too. */
    private void cutOff(User user) {
        long now = time.epochMillis();
        long cutoff = Math.floorDiv(now, Tokens.SECOND) * Tokens.SECOND + Tokens.SECOND;
        records.put(
                Roll.CUTOFFS + user.id() + "/" + cutoff,
                WireJson.write(new Expiring(now + Tokens.LIFE_MAX)),
                now + Tokens.LIFE_MAX);
    }

    /** Nobody grants what he does not have. */
    private static Scopes granted(Caller by, List<String> names) {
        Scopes scopes = Scopes.of(names);
        if (!by.scopes().cover(scopes)) {
            throw new KvsException(
                    ErrorCode.FORBIDDEN,
                    "Nobody grants scopes that he does not have himself: not " + scopes + " with " + by.scopes() + ".");
        }
        return scopes;
    }

    /** Nobody shall be locked out for good. */
    private void requireAnAdministrator(User changed) {
        boolean other =
                roll.users().stream().anyMatch(user -> !user.id().equals(changed.id()) && isAdministrator(user));
        if (!other && !isAdministrator(changed)) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST, "Then there would be no administrator; make another one first.");
        }
    }

    private static boolean isAdministrator(User user) {
        return !user.disabled() && user.scopes().contains(Scopes.ADMIN);
    }

    /** Whoever changes a user could become him, and so could whoever has a token of his that is good for little. */
    private static void requireNoLess(Caller by, User user) {
        if (!by.scopes().cover(Scopes.known(user.scopes()))) {
            throw new KvsException(
                    ErrorCode.FORBIDDEN,
                    user.id().equals(by.user())
                            ? "This token is good for less than its owner, who can log in with the password."
                            : "The user " + user.name() + " may do more than the user " + by.name() + ".");
        }
    }

    static void require(Caller by, String scope) {
        if (!by.scopes().cover(scope)) {
            throw new KvsException(
                    ErrorCode.FORBIDDEN, "This needs the scope " + scope + "; the caller has " + by.scopes() + ".");
        }
    }

    User existing(String name) {
        return roll.user(name).orElseThrow(() -> Names.noUser(name));
    }

    private Group existingGroup(String name) {
        return roll.group(name).orElseThrow(() -> Names.noGroup(name));
    }

    /** Root and his group are there without a record: making one of their name would put another in their place. */
    private static void requireFree(String name, boolean taken) {
        if (taken) {
            throw nameTaken(name);
        }
    }

    private static void taken(String name, Runnable creation) {
        try {
            creation.run();
        } catch (KvsException refused) {
            throw refused.code() == ErrorCode.PRECONDITION_FAILED ? nameTaken(name) : refused;
        }
    }

    private static KvsException nameTaken(String name) {
        return new KvsException(ErrorCode.NAME_TAKEN, "The name " + name + " is taken.");
    }

    private UUID uuid() {
        return Uuids.version7(time.epochMillis(), randomness.nextLong(), randomness.nextLong());
    }
}
