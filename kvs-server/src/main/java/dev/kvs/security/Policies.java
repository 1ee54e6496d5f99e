package dev.kvs.security;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.WireJson;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policies of prefixes, which administrators write. */
public final class Policies {
    /** Policies that a cluster can have. */
    static final int MOST = 10_000;

    /** Bytes of a prefix: it is stored under a path of its own. */
    static final int PREFIX_MAX = 1000;

    private final Roll roll;
    private final Records records;
    private final Witness witness;
    private final Policy everywhere;

    Policies(Roll roll, Records records, Witness witness, SecuritySettings settings) {
        this.roll = roll;
        this.records = records;
        this.witness = witness;
        this.everywhere = Policy.everywhere(settings.valuePermissions());
    }

    /** Every policy by prefix; the one that holds everywhere else, which the configuration decides, comes first. */
    public List<Policy> all(Caller by) {
        Accounts.require(by, Scopes.ADMIN);
        return Stream.concat(Stream.of(everywhere), roll.policies().stream()).toList();
    }

    /**
     * Sets the policy of a prefix; {@code invalid_key} when it is none.
     *
     * @param owner the name of a user, null for none
     * @param group the name of a group, null for none
     */
    public Policy set(
            Caller by,
            String prefix,
            @Nullable String owner,
            @Nullable String group,
            int permissions,
            int valuePermissions) {
        Accounts.require(by, Scopes.ADMIN);
        Key key = Key.of(prefix);
        if (key.utf8().length > PREFIX_MAX) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "A prefix has at most " + PREFIX_MAX + " bytes.");
        }
        if (roll.policies().size() >= MOST) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "A cluster has " + MOST + " policies at most.");
        }
        Policy policy = new Policy(prefix, new Acl(userId(owner), groupId(group), permissions), valuePermissions);
        records.put(Roll.POLICIES + prefix, WireJson.write(PolicyRecord.of(policy)), Records.FOR_GOOD);
        witness.saw(by, "policy.set", prefix);
        return policy;
    }

    /** Removes the policy of a prefix. */
    public void remove(Caller by, String prefix) {
        Accounts.require(by, Scopes.ADMIN);
        if (roll.policies().stream().noneMatch(policy -> policy.prefix().equals(prefix))) {
            throw new KvsException(ErrorCode.POLICY_NOT_FOUND, "There is no policy of this prefix.");
        }
        records.delete(Roll.POLICIES + prefix);
        witness.saw(by, "policy.remove", prefix);
    }

    /** The UUID of a user; null for null. */
    public @Nullable UUID userId(@Nullable String name) {
        return name == null ? null : roll.user(name).map(User::id).orElseThrow(() -> Names.noUser(name));
    }

    /** The UUID of a group; null for null. */
    public @Nullable UUID groupId(@Nullable String name) {
        return name == null ? null : roll.group(name).map(Group::id).orElseThrow(() -> Names.noGroup(name));
    }
}
