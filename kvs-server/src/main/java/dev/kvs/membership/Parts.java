package dev.kvs.membership;

import java.util.Comparator;

/**
 * The pieces of state that everything else shares. A record of its own so that a simulation can begin with a full list, and
 * plant a fault in the place of a piece.
 *
 * @param order which of two claims about a name wins
 */
record Parts(Self self, MemberList list, BroadcastQueue news, Comparator<Member> order) {
    static Parts of(Member self) {
        return new Parts(new Self(self), new MemberList(), new BroadcastQueue(), Precedence.ORDER);
    }
}
