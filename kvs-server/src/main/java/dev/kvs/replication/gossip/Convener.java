package dev.kvs.replication.gossip;

import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.Uuids;
import dev.kvs.model.Version;
import dev.kvs.model.VersionDigest;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Scheduler;
import dev.kvs.platform.Time;
import dev.kvs.replication.Stripes;
import dev.kvs.storage.Commit;
import dev.kvs.storage.Proposal;
import dev.kvs.storage.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles conflicts of versions with the same timestamp by a vote of the members ({@code conflict_policy: majority-vote}). Only
 * the node whose version the order prefers convenes one. If the members prefer the other, it writes a verdict: a version with
 * the contested timestamp that ranks above both and below everything written later, so votes cannot chase each other.
 */
final class Convener {
    private static final Logger LOG = LoggerFactory.getLogger(Convener.class);

    private final Store store;
    private final Stripes stripes;
    private final Peers peers;
    private final NodeId self;
    private final Network network;
    private final Scheduler scheduler;
    private final Time time;
    private final Randomness randomness;
    private final ReplicationSettings settings;

    Convener(
            Store store,
            Stripes stripes,
            Peers peers,
            NodeId self,
            GossipReplication.Ports ports,
            ReplicationSettings settings) {
        this.store = store;
        this.stripes = stripes;
        this.peers = peers;
        this.self = self;
        this.network = ports.network();
        this.scheduler = ports.scheduler();
        this.time = ports.time();
        this.randomness = ports.randomness();
        this.settings = settings;
    }

    /** Looks at a conflict that was opened or has grown; returns at once. */
    void consider(Conflict conflict) {
        Conflict.Rival first = conflict.rivals().getFirst();
        Conflict.Rival second = conflict.rivals().get(1);
        boolean contested = first.hlc() == second.hlc() && first.kind() != Kind.VERDICT;
        if (conflict.isOpen() && contested && first.origin().store().equals(store.id())) {
            scheduler.after(0, () -> new Ballots(conflict, first, second).collect());
        }
    }

    /** Answers a member's question by the order of arrival. */
    byte[] answer(byte[] body) {
        VoteMessage question = VoteMessage.decode(body);
        return VoteMessage.answer(storedFirst(question));
    }

    private @Nullable UUID storedFirst(VoteMessage question) {
        for (Version version : store.history(question.key()).versions()) {
            if (version.uuid().equals(question.one()) || version.uuid().equals(question.other())) {
                return version.uuid();
            }
        }
        return null;
    }

    /** One vote on its way. */
    private final class Ballots {
        private final Conflict conflict;
        private final VoteMessage question;
        private final List<Conflict.Ballot> ballots = new ArrayList<>();
        private final ReentrantLock lock = new ReentrantLock();
        private int missing;

        Ballots(Conflict conflict, Conflict.Rival first, Conflict.Rival second) {
            this.conflict = conflict;
            this.question = new VoteMessage(conflict.key(), first.uuid(), second.uuid());
        }

        void collect() {
            List<PeerState> asked = peers.live();
            missing = asked.size();
            ballots.add(new Conflict.Ballot(self, storedFirst(question)));
            if (asked.isEmpty()) {
                decide();
            }
            for (PeerState peer : asked) {
                network.call(
                        peer.address(),
                        PeerPath.VOTE,
                        question.encode(),
                        settings.callMillis(),
                        outcome -> count(peer.id(), outcome));
            }
        }

        private void count(NodeId member, Network.Outcome outcome) {
            UUID choice = outcome instanceof Network.Answered(byte[] body) ? question.choiceIn(body) : null;
            boolean all;
            lock.lock();
            try {
                ballots.add(new Conflict.Ballot(member, choice));
                all = --missing == 0;
            } finally {
                lock.unlock();
            }
            if (all) {
                decide();
            }
        }

        private void decide() {
            Optional<UUID> chosen = Tally.winner(ballots, 1 + peers.all().size(), question.one(), question.other());
            LOG.info(
                    "Vote on {}: {}; {}",
                    question.key(),
                    ballots,
                    chosen.map(uuid -> "the members prefer " + uuid).orElse("no majority, the order stands"));
            try {
                Commit commit = stripes.holding(question.key(), () -> record(chosen));
                commit.await();
            } catch (KvsException e) {
                LOG.warn("The vote on {} could not be recorded: {}", question.key(), e.detail());
            }
        }

        private Commit record(Optional<UUID> chosen) {
            Conflict now = store.conflict(question.key());
            Version winner = store.newest(question.key());
            if (now == null || !now.id().equals(conflict.id()) || !now.isOpen() || winner == null) {
                return store.write(List.of(), List.of());
            }
            Conflict voted = now.votedOn(ballots);
            boolean overruled = winner.uuid().equals(question.one())
                    && chosen.filter(question.other()::equals).isPresent();
            Version preferred = overruled ? find(question.key(), question.other()) : null;
            byte[] body = preferred == null ? null : preferred.body();
            if (preferred == null || body == null || preferred.kind() == Kind.TOMBSTONE) {
                // A verdict carries a document; a deletion that the order has overruled stays overruled.
                return store.write(List.of(), List.of(voted));
            }
            UUID uuid = Uuids.version7(time.epochMillis(), randomness.nextLong(), randomness.nextLong());
            VersionVector seen = voted.seenByAll();
            Proposal verdict = new Proposal(
                    winner.key(),
                    uuid,
                    Kind.VERDICT,
                    seen,
                    preferred.expiresAt(),
                    preferred.acl(),
                    body,
                    VersionDigest.ofBody(body),
                    winner,
                    winner.hlc());
            return store.write(List.of(verdict), List.of(voted.closedBy(uuid, time.epochMillis())));
        }

        private @Nullable Version find(Key key, UUID uuid) {
            Collection<Version> versions = store.history(key).versions();
            return versions.stream()
                    .filter(version -> version.uuid().equals(uuid))
                    .findFirst()
                    .orElse(null);
        }
    }
}
