package dev.kvs.membership;

import dev.kvs.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A piece of news on its way through the cluster.
 *
 * @param accuser who has found the member silent; only with {@link MemberState#SUSPECT}, because independent accusers make a
 *     suspicion run out sooner
 */
record Claim(Member member, @Nullable NodeId accuser) {
    static Claim of(Member member) {
        return new Claim(member, null);
    }
}
