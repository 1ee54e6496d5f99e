package dev.kvs.replication;

import dev.kvs.model.Version;
import dev.kvs.security.Rights;
import dev.kvs.storage.Scan;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of one request sees, and how much may still be looked at for him in vain: without a bound, a listing of a
 * million values that belong to others would cost a million reads. Used by one thread.
 */
final class Sight {
    private final Rights rights;
    private int left = LocalReader.EXAMINED_MAX;

    Sight(Rights rights) {
        this.rights = rights;
    }

    /** Whether there is nothing that the caller may not read. */
    boolean isUnlimited() {
        return rights.areUnlimited();
    }

    /** Whether a version may be shown, which need not be a value any more. */
    boolean of(@Nullable Version version) {
        return version != null && rights.mayRead(version.acl());
    }

    /** Whether what a scan has met may be shown; one that may not uses up some of what may be looked at. */
    boolean of(Scan.Hit hit) {
        if (rights.areUnlimited() || of(hit.version())) {
            return true;
        }
        left--;
        return false;
    }

    /** Whether enough was looked at in vain. */
    boolean isExhausted() {
        return left <= 0;
    }
}
