package dev.kvs.membership;

import dev.kvs.model.NodeId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The members this node knows, itself not among them: each has answered it, or one of those before, at its own address. */
class MemberList {
    private final Map<NodeId, Peer> peers = new LinkedHashMap<>();

    @Nullable
    Peer get(NodeId id) {
        return peers.get(id);
    }

    /** Whether there is room for one more beside this node itself. */
    boolean hasRoom() {
        return peers.size() < Message.MEMBERS_MAX - 1;
    }

    void put(Peer peer) {
        peers.put(peer.member().id(), peer);
    }

    void remove(Peer peer) {
        peers.remove(peer.member().id());
    }

    int size() {
        return peers.size();
    }

    boolean isEmpty() {
        return peers.isEmpty();
    }

    Collection<Peer> all() {
        return peers.values();
    }

    List<Peer> those(Predicate<Peer> wanted) {
        return peers.values().stream().filter(wanted).toList();
    }

    List<Peer> live() {
        return those(Peer::isLive);
    }

    /** A living member that cannot be there together with this one; null when there is none. */
    @Nullable
    Peer contradicting(Member member) {
        for (Peer peer : peers.values()) {
            if (peer.isLive() && peer.member().contradicts(member)) {
                return peer;
            }
        }
        return null;
    }
}
