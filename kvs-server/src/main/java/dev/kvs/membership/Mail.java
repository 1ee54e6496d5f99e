package dev.kvs.membership;

import dev.kvs.membership.Decision.Call;
import dev.kvs.membership.Decision.Letter;
import dev.kvs.membership.Decision.ReplyHandler;
import dev.kvs.platform.PeerPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes letters. Each carries news, and first of all what is believed of the recipient when that is not what it said last:
 * a suspect must be the first to hear of the suspicion, so that it can refute it in the very answer.
 *
 * <p>Source of the latter: Lifeguard's buddy system, section IV-C.
 */
final class Mail {
    private final Roster roster;

    Mail(Roster roster) {
        this.roster = roster;
    }

    /** A request to a member. */
    Call toPeer(Peer peer, PeerPath path, long timeoutMillis, Content content, ReplyHandler then) {
        Member member = peer.member();
        return new Call(member.address(), path, timeoutMillis, letter(member, peer.said(), content), then);
    }

    /** A request to somebody who is not on the list, at least not at this address. */
    Call toStranger(Member stranger, PeerPath path, long timeoutMillis, Content content, ReplyHandler then) {
        return new Call(stranger.address(), path, timeoutMillis, answer(stranger, content), then);
    }

    /** A request to whoever is at an address. */
    Call toAddress(String address, PeerPath path, long timeoutMillis, Content content, ReplyHandler then) {
        return new Call(address, path, timeoutMillis, letter(null, null, content), then);
    }

    /** An answer to who has just said this of itself. */
    Letter answer(Member to, Content content) {
        Peer known = roster.list().get(to.id());
        return letter(known == null ? null : known.member(), to, content);
    }

    private Letter letter(@Nullable Member believed, @Nullable Member said, Content content) {
        List<Claim> changes = new ArrayList<>();
        if (believed != null && !believed.equals(said)) {
            changes.add(Claim.of(believed));
        }
        changes.addAll(roster.takeNews(Message.CHANGES_MAX - changes.size()));
        return new Letter(roster.self().member(), changes, content);
    }
}
