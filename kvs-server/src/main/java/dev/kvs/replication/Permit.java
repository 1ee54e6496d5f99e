package dev.kvs.replication;

import dev.kvs.model.Acl;
import dev.kvs.model.Key;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.security.Rights;
import org.jspecify.annotations.Nullable;

/**
 * Whether a kind of write is allowed, and which permissions its version gets. Asked before anything else, conditions
 * included, so that a refusal tells nothing about what the caller may not know.
 */
enum Permit {
    TO_PUT {
        @Override
        Acl of(Rights rights, Key key, @Nullable Version visible, @Nullable Version newest) {
            if (visible == null) {
                return rights.create(key);
            }
            rights.requireWrite(key, visible.acl());
            return visible.acl();
        }
    },
    TO_PATCH {
        @Override
        Acl of(Rights rights, Key key, @Nullable Version visible, @Nullable Version newest) {
            if (visible == null) {
                throw KvsException.notFound(key);
            }
            rights.requirePatch(key, visible.acl());
            return visible.acl();
        }
    },
    TO_DELETE {
        @Override
        Acl of(Rights rights, Key key, @Nullable Version visible, @Nullable Version newest) {
            if (visible != null) {
                rights.requireDelete(key, visible.acl());
                return visible.acl();
            }
            return rights.deleteBlindly(key, newest == null ? null : newest.acl());
        }
    },
    TO_RESTORE {
        @Override
        Acl of(Rights rights, Key key, @Nullable Version visible, @Nullable Version newest) {
            if (newest == null) {
                throw KvsException.notFound(key);
            }
            rights.requireSight(key, newest.acl());
            if (visible == null) {
                Acl _ = rights.create(key);
            } else {
                rights.requireWrite(key, visible.acl());
            }
            return newest.acl();
        }
    },
    TO_DESCRIBE {
        @Override
        Acl of(Rights rights, Key key, @Nullable Version visible, @Nullable Version newest) {
            if (visible == null) {
                throw KvsException.notFound(key);
            }
            rights.requireOwner(key, visible.acl());
            return visible.acl();
        }
    };

    /**
     * Refuses with {@code forbidden}, or with {@code not_found} what the caller may not know of.
     *
     * @param visible what a reader would see, null for nothing
     * @param newest the newest version, a tombstone or an expired one included, null for a key never seen here
     */
    abstract Acl of(Rights rights, Key key, @Nullable Version visible, @Nullable Version newest);
}
