package dev.kvs.model;

import dev.kvs.platform.Check;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a value. Travels inside the version, so a value is never visible without its permissions.
 *
 * @param owner the user's UUID, null while there is none (a node without authentication)
 * @param group the group's UUID, null for none
 * @param permissions 12 bits: owner, group, others, each create, delete, write, read from high to low
 */
public record Acl(@Nullable UUID owner, @Nullable UUID group, int permissions) {
    /** Owner everything, group write and read, others nothing. */
    public static final int DEFAULT_PERMISSIONS = 0b1111_0011_0000;

    /** The ACL of values written while authentication is off. */
    public static final Acl UNOWNED = new Acl(null, null, DEFAULT_PERMISSIONS);

    public Acl {
        Check.that(permissions >= 0 && permissions <= 0xFFF, "permissions are 12 bits", permissions);
    }
}
