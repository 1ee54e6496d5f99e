package dev.kvs.membership;

import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;

/** This node's word about itself. Nobody else may write it; what others say is answered with a higher incarnation. */
class Self {
    private Member member;

    Self(Member member) {
        this.member = member;
    }

    final Member member() {
        return member;
    }

    final NodeId id() {
        return member.id();
    }

    final boolean hasLeft() {
        return member.state() == MemberState.LEFT;
    }

    /**
     * Speaks up against a claim about this node's name that is at least as new as its own word; false when there is nothing to
     * say.
     */
    boolean refute(Member claim) {
        boolean stale = claim.incarnation() < member.incarnation();
        boolean ourWord = claim.equals(member);
        if (stale || ourWord || hasLeft() || !Precedence.isPlausible(member, claim)) {
            return false;
        }
        raise(claim.incarnation());
        return true;
    }

    final void changeMode(String mode) {
        member = member.withMode(mode);
        raise(member.incarnation());
    }

    final void changeStore(StoreId store) {
        member = member.on(store);
        raise(member.incarnation());
    }

    final void leave() {
        member = member.in(MemberState.LEFT);
        raise(member.incarnation());
    }

    final void comeBack() {
        member = member.in(MemberState.ALIVE);
        raise(member.incarnation());
    }

    private void raise(long above) {
        member = member.at(Math.min(Member.INCARNATION_MAX, above + 1));
    }
}
