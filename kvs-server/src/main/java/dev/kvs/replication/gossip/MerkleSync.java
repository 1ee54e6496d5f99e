package dev.kvs.replication.gossip;

import dev.kvs.merkle.Differences;
import dev.kvs.merkle.KeyHash;
import dev.kvs.merkle.LeafEntries;
import dev.kvs.merkle.MerkleComparison;
import dev.kvs.merkle.MerkleRequest;
import dev.kvs.merkle.MerkleResponder;
import dev.kvs.model.Hlc;
import dev.kvs.model.Keyspace;
import dev.kvs.model.KvsException;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.platform.Check;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Scheduler;
import dev.kvs.platform.Time;
import dev.kvs.storage.Store;
import dev.kvs.wire.ErrorCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Compares this node's winners with a peer's and exchanges what differs, both ways. The backstop: what it finds after the push
 * streams have had their time is what they have missed.
 */
final class MerkleSync {
    /** Peers agree on an epoch within a moment; one that is further ahead has a wrong clock. */
    private static final long EPOCH_AHEAD_MILLIS = TimeUnit.HOURS.toMillis(2);

    /** How long a write may be on its way to a peer. */
    private static final long IN_FLIGHT_MILLIS = 2_000;

    /** How often a round begins again because the epochs differed. */
    private static final int EPOCH_RETRIES = 2;

    private final Store store;
    private final WinnerTree tree;
    private final Receiver receiver;
    private final Network network;
    private final Scheduler scheduler;
    private final Time time;
    private final ReplicationSettings settings;
    private final ReplicationMetrics metrics;
    private final Map<Keyspace, MerkleResponder> responders = new EnumMap<>(Keyspace.class);

    MerkleSync(
            Store store,
            WinnerTree tree,
            Receiver receiver,
            Network network,
            Scheduler scheduler,
            Time time,
            ReplicationSettings settings,
            ReplicationMetrics metrics) {
        this.store = store;
        this.tree = tree;
        this.receiver = receiver;
        this.network = network;
        this.scheduler = scheduler;
        this.time = time;
        this.settings = settings;
        this.metrics = metrics;
        for (Keyspace keyspace : Keyspace.values()) {
            responders.put(keyspace, new MerkleResponder(tree.tree(keyspace), entries(keyspace)));
        }
    }

    private LeafEntries entries(Keyspace keyspace) {
        return WinnerTree.entriesOf(store.feed(), keyspace);
    }

    /** What a round came to. */
    sealed interface Outcome {}

    /** The trees were equal. */
    record Equal() implements Outcome {}

    /**
     * They were not; what was found has been exchanged.
     *
     * @param more whether there were more differences than one round looks at
     * @param inFlight whether all that was fetched had been written while the round ran, and would have come by itself
     */
    record Repaired(int differences, boolean more, boolean inFlight) implements Outcome {}

    /** The peer did not answer, or with something that does not fit. */
    record Failed(String why) implements Outcome {}

    /** Answers a step of a peer's round. */
    byte[] answer(byte[] body) {
        Map<Keyspace, MerkleRequest> requests = new EnumMap<>(Keyspace.class);
        MerkleMessage.decode(body).parts().forEach((keyspace, part) -> {
            MerkleRequest request = MerkleRequest.decode(part);
            followTo(request.epoch());
            requests.put(keyspace, request);
        });
        long epoch = store.epoch();
        Map<Keyspace, byte[]> answers = new EnumMap<>(Keyspace.class);
        responders.forEach((keyspace, responder) -> {
            MerkleRequest request = requests.get(keyspace);
            if (request != null) {
                answers.put(keyspace, responder.answer(request, epoch));
            }
        });
        return new MerkleMessage(answers).encode();
    }

    /** Takes the trees to a later epoch if it is believable. */
    private void followTo(long epoch) {
        if (epoch > store.epoch() && epoch <= time.epochMillis() + EPOCH_AHEAD_MILLIS) {
            store.passEpoch(epoch);
        }
    }

    /**
     * Whether a peer that has nothing of this version's key once had the version: then the key was deleted, and the deletion
     * collected, while this node was away for longer than deletions are kept. Before that age the key may be on its way.
     */
    private boolean isCollectedBy(PeerState peer, Version version) {
        return peer.knowledge().contains(version.dot())
                && Hlc.millis(version.hlc()) + store.feed().tombstoneRetentionMillis() <= store.epoch();
    }

    /** Runs one round with a peer; {@code then} gets the outcome, once, on any thread. */
    void round(PeerState peer, Consumer<Outcome> then) {
        Round round = new Round(peer, then);
        round.guarded(round::begin);
    }

    /** One round on its way. Its steps follow each other, so it needs no lock. */
    private final class Round {
        private final PeerState peer;
        private final Consumer<Outcome> then;
        private final Map<Keyspace, MerkleComparison> open = new EnumMap<>(Keyspace.class);
        private final Map<Keyspace, Differences> found = new EnumMap<>(Keyspace.class);
        private int begun;
        private int exchanges;
        private long bytes;
        private final long beganMillis = time.epochMillis() - IN_FLIGHT_MILLIS;
        private boolean inFlight = true;
        private Set<KeyHash> gone = Set.of();
        private final Set<KeyHash> offered = new LinkedHashSet<>();
        private boolean ended;

        Round(PeerState peer, Consumer<Outcome> then) {
            this.peer = peer;
            this.then = then;
        }

        void begin() {
            long epoch = store.epoch();
            Map<Keyspace, byte[]> requests = new EnumMap<>(Keyspace.class);
            found.clear();
            for (Keyspace keyspace : Keyspace.values()) {
                MerkleComparison comparison = new MerkleComparison(tree.tree(keyspace), entries(keyspace), epoch, 0);
                open.put(keyspace, comparison);
                requests.put(keyspace, comparison.first());
            }
            ask(requests);
        }

        private void ask(Map<Keyspace, byte[]> requests) {
            byte[] message = new MerkleMessage(requests).encode();
            exchanges++;
            bytes += message.length;
            call(PeerPath.MERKLE, message, body -> {
                bytes += body.length;
                step(requests.keySet(), MerkleMessage.decode(body).parts());
            });
        }

        private void step(Set<Keyspace> asked, Map<Keyspace, byte[]> answers) {
            if (!answers.keySet().equals(asked)) {
                throw new KvsException(ErrorCode.INVALID_REQUEST, "It does not answer for the keyspaces asked about.");
            }
            Map<Keyspace, byte[]> next = new EnumMap<>(Keyspace.class);
            for (Map.Entry<Keyspace, byte[]> answer : answers.entrySet()) {
                Keyspace keyspace = answer.getKey();
                switch (comparison(keyspace).receive(answer.getValue())) {
                    case MerkleComparison.Ask ask -> next.put(keyspace, ask.request());
                    case MerkleComparison.Equal ignored -> open.remove(keyspace);
                    case MerkleComparison.Found some -> found.put(keyspace, some.differences());
                    case MerkleComparison.OtherEpoch other -> {
                        otherEpoch(other.epoch());
                        return;
                    }
                }
            }
            if (next.isEmpty()) {
                repair();
            } else {
                ask(next);
            }
        }

        private MerkleComparison comparison(Keyspace keyspace) {
            return Check.present(open.get(keyspace), "only what is compared is asked about");
        }

        private void otherEpoch(long epoch) {
            followTo(epoch);
            if (++begun > EPOCH_RETRIES) {
                end(new Failed("its tree stays at the epoch " + epoch + ", ours is at " + store.epoch()), 0);
                return;
            }
            begin();
        }

        /** What differs in the system keyspace comes first, in the order of the map. */
        private void repair() {
            List<KeyHash> onlyHere = new ArrayList<>();
            List<KeyHash> wanted = new ArrayList<>();
            for (Differences differences : found.values()) {
                onlyHere.addAll(differences.onlyHere());
                wanted.addAll(differences.onlyThere());
                offered.addAll(differences.onlyHere());
                for (Differences.Rivals rivals : differences.rivals()) {
                    wanted.add(rivals.key());
                    offered.add(rivals.key());
                }
            }
            gone = Set.copyOf(onlyHere);
            int count = found.values().stream().mapToInt(Differences::size).sum();
            boolean more = found.values().stream().anyMatch(Differences::more);
            fetch(
                    wanted,
                    () -> offer(
                            List.copyOf(offered),
                            () -> end(count == 0 ? new Equal() : new Repaired(count, more, inFlight), count)));
        }

        private void fetch(List<KeyHash> wanted, Runnable next) {
            if (wanted.isEmpty()) {
                next.run();
                return;
            }
            int count = Math.min(wanted.size(), FetchMessage.MAX_KEYS);
            byte[] request = new FetchMessage.Keys(wanted.subList(0, count)).encode();
            bytes += request.length;
            call(PeerPath.FETCH, request, body -> {
                FetchMessage.Reply reply = FetchMessage.Reply.decode(body);
                inFlight &= reply.versions().stream().allMatch(version -> Hlc.millis(version.hlc()) >= beganMillis);
                receiver.receiveStrays(reply.versions());
                reply.versions().stream()
                        .filter(this::isBeatenHere)
                        .forEach(version -> offered.add(KeyHash.of(version.key().utf8())));
                pause(() -> fetch(wanted.subList(count, wanted.size()), next));
            });
        }

        /**
         * Whether the winner here hides what the peer has of a key, though it stands in no tree because it may be collected. The
         * peer has lost it, or collected it and got back what it had replaced, and would show that as long as nobody tells it.
         */
        private boolean isBeatenHere(Version version) {
            Version winner = store.winner(version.key());
            return winner != null && VersionOrder.INSTANCE.compare(winner, version) > 0;
        }

        private void offer(List<KeyHash> keys, Runnable next) {
            if (keys.isEmpty()) {
                next.run();
                return;
            }
            int count = Math.min(keys.size(), FetchMessage.MAX_KEYS);
            List<Version> versions = new ArrayList<>(FetchService.winners(store, keys.subList(0, count)));
            List<Version> collected = versions.stream()
                    .filter(version -> gone.contains(KeyHash.of(version.key().utf8())) && isCollectedBy(peer, version))
                    .toList();
            receiver.bury(collected);
            versions.removeAll(collected);
            byte[] request = new PushMessage(PushReply.of(store, false), List.of(), versions).encode();
            call(PeerPath.PUSH, request, body -> {
                PushReply.decode(body);
                pause(() -> offer(keys.subList(count, keys.size()), next));
            });
        }

        private void pause(Runnable next) {
            scheduler.after(settings.fetchMillis(), () -> guarded(next));
        }

        private void call(PeerPath path, byte[] body, Consumer<byte[]> then) {
            network.call(peer.address(), path, body, settings.callMillis(), outcome -> {
                switch (outcome) {
                    case Network.Answered(byte[] answer) -> guarded(() -> then.accept(answer));
                    case Network.Refused(String code, String detail) -> end(new Failed(code + ": " + detail), 0);
                    case Network.Unreachable(String detail) -> end(new Failed(detail), 0);
                }
            });
        }

        private void guarded(Runnable work) {
            try {
                work.run();
            } catch (KvsException e) {
                end(new Failed(e.detail()), 0);
            } catch (RuntimeException fault) {
                metrics.failed("A comparison with " + peer.id(), fault);
                end(new Failed(String.valueOf(fault.getMessage())), 0);
            }
        }

        /** Once: who waits for the end has gone on when it fails in doing so. */
        private void end(Outcome outcome, int differences) {
            if (!ended) {
                ended = true;
                metrics.compared(differences, exchanges, bytes);
                then.accept(outcome);
            }
        }
    }
}
