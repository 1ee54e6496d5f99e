package dev.kvs.model;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The one order that decides which version of a key wins; the greater one does. A pure function of two versions and
 * total, so nodes that have seen the same versions hold the same winner whatever the order of arrival.
 *
 * <p>In turn: the later full 64-bit timestamp; a verdict above a plain version; the origin that joined earlier; the
 * smaller UUID; the greater digest.
 */
public final class VersionOrder implements Comparator<Version> {
    public static final VersionOrder INSTANCE = new VersionOrder();

    /** Which step of the order told two versions apart. */
    public enum Rule {
        LATER_TIMESTAMP(1),
        VERDICT(2),
        OLDEST_NODE(3),
        SMALLER_UUID(4),
        GREATER_DIGEST(5),
        SAME(6);

        private final int number;

        Rule(int number) {
            this.number = number;
        }

        /** The number in files. */
        public int number() {
            return number;
        }
    }

    private VersionOrder() {}

    @Override
    public int compare(Version a, Version b) {
        return switch (ruleFor(a, b)) {
            case LATER_TIMESTAMP -> Long.compare(a.hlc(), b.hlc());
            case VERDICT -> a.kind() == Kind.VERDICT ? 1 : -1;
            case OLDEST_NODE ->
                Long.compare(b.origin().joinedMillis(), a.origin().joinedMillis());
            case SMALLER_UUID -> Uuids.compare(b.uuid(), a.uuid());
            case GREATER_DIGEST -> Arrays.compareUnsigned(a.digest(), b.digest());
            case SAME -> 0;
        };
    }

    /** The first step of the order at which the two differ; what an explanation names. */
    public Rule ruleFor(Version a, Version b) {
        if (a.hlc() != b.hlc()) {
            return Rule.LATER_TIMESTAMP;
        }
        if ((a.kind() == Kind.VERDICT) != (b.kind() == Kind.VERDICT)) {
            return Rule.VERDICT;
        }
        if (a.origin().joinedMillis() != b.origin().joinedMillis()) {
            return Rule.OLDEST_NODE;
        }
        if (!a.uuid().equals(b.uuid())) {
            return Rule.SMALLER_UUID;
        }
        return Arrays.equals(a.digest(), b.digest()) ? Rule.SAME : Rule.GREATER_DIGEST;
    }

    /** The one of two that wins. */
    public Version winner(Version a, Version b) {
        return compare(a, b) >= 0 ? a : b;
    }
}
