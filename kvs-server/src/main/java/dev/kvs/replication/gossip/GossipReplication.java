package dev.kvs.replication.gossip;

import dev.kvs.membership.Attachment;
import dev.kvs.membership.MemberEvent;
import dev.kvs.model.Conflict;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Network;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Scheduler;
import dev.kvs.platform.Time;
import dev.kvs.replication.Copies;
import dev.kvs.replication.Stripes;
import dev.kvs.storage.Store;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replication of gossip mode on one node: everything of this package, put together. {@code boot} gives it the store, the ports
 * and what membership reports, and serves {@link #services} to the other nodes.
 */
public final class GossipReplication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GossipReplication.class);

    /** How often versions held back are looked at, and what is relayed is taken note of. */
    private static final long HELD_BACK_MILLIS = 1_000;

    private final Store store;
    private final WinnerTree tree;
    private final Ports ports;
    private final ReplicationSettings settings;
    private final ReplicationMetrics metrics;
    private final Peers peers;
    private final Relay relay;
    private final Quarantine quarantine = new Quarantine();
    private final Convener convener;
    private final Identity identity;
    private final Receiver receiver;
    private final MerkleSync sync;
    private final SyncRounds rounds;
    private final Bootstrap bootstrap;
    private final FetchService fetching;
    private final PeerCopies copies;
    private final Planting planting;
    private final Map<NodeId, PushStream> streams = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** What replication needs of the world. */
    public record Ports(Time time, Scheduler scheduler, Network network, Randomness randomness) {}

    /**
     * Replication that has not begun.
     *
     * @param tree follows the winners of this store
     * @param stripes the same that the coordinator uses
     * @param catchingUp hears true when an empty node begins to take over what the others have, which it must have done before
     *     it takes writes, and false once it has
     */
    public GossipReplication(
            Store store,
            WinnerTree tree,
            Stripes stripes,
            Ports ports,
            ReplicationSettings settings,
            ReplicationMetrics metrics,
            Consumer<Boolean> catchingUp) {
        this.store = store;
        this.tree = tree;
        this.ports = ports;
        this.settings = settings;
        this.metrics = metrics;
        this.peers = new Peers(ports.time);
        this.relay = new Relay(ports.time, settings.relayMillis());
        this.convener = new Convener(store, stripes, peers, store.node(), ports, settings);
        Consumer<Conflict> vote = settings.majorityVote() ? convener::consider : conflict -> {};
        this.identity = new Identity(store, ports);
        this.receiver = new Receiver(
                store, stripes, ports.time, ports.randomness, settings, quarantine, metrics, vote, identity::doubt);
        this.sync =
                new MerkleSync(store, tree, receiver, ports.network, ports.scheduler, ports.time, settings, metrics);
        this.rounds = new SyncRounds(peers, sync, ports.scheduler, ports.randomness, ports.time, settings);
        this.bootstrap = new Bootstrap(
                peers,
                receiver,
                sync,
                ports.network,
                ports.scheduler,
                ports.time,
                settings,
                metrics,
                this::isEmpty,
                catchingUp);
        this.fetching = new FetchService(store);
        this.copies = new PeerCopies(peers, ports.scheduler);
        this.planting =
                new Planting(store, stripes, ports.time, ports.randomness, settings.maxClockSkewMillis(), conflict -> {
                    metrics.disputed(conflict);
                    vote.accept(conflict);
                });
        store.collectOnly(new Fences(peers, store.feed(), ports.time)::haveAllPassed);
    }

    /**
     * Begins to push, compare and, for an empty node that joins others, to take over.
     *
     * @param joining whether this node must catch up before it takes writes
     */
    public void start(boolean joining) {
        peers.onChange(state -> {
            identity.heard(state.knowledge());
            bootstrap.heard(state);
            if (state.live()) {
                stream(state.id()).poke();
            }
        });
        store.feed().onSynced(this::pokeAll);
        relayLater();
        releaseLater();
        rounds.start();
        if (joining) {
            bootstrap.start();
        }
    }

    /**
     * Tells {@code listener} when this node's data directory goes by another name, because the old one has turned out to be that
     * of a later state of it; membership has to say so.
     */
    public void onRename(Consumer<StoreId> listener) {
        identity.onChange((lost, name) -> {
            peers.retire(lost);
            listener.accept(name);
        });
    }

    /** Whether nothing has ever been written here or taken over, so that a node that joins others must catch up. */
    public boolean isEmpty() {
        return store.feed().appendedKnowledge().dots().isEmpty();
    }

    /** What to serve to other nodes. */
    public Map<PeerPath, Network.Service> services() {
        return Map.of(
                PeerPath.PUSH, this::pushed,
                PeerPath.MERKLE, (caller, body) -> sync.answer(body),
                PeerPath.FETCH, (caller, body) -> fetching.answer(body),
                PeerPath.VOTE, (caller, body) -> convener.answer(body));
    }

    private byte[] pushed(String caller, byte[] body) {
        PushMessage message = PushMessage.decode(body);
        boolean known = NodeId.isValid(caller) && peers.get(new NodeId(caller)) != null;
        if (known) {
            peers.told(new NodeId(caller), message.word());
        }
        // An empty node that has not met the sender yet will take over from it, once it has.
        boolean taken = !bootstrap.isTaking() && (known || !isEmpty());
        boolean collided = taken && receiver.receive(message);
        PushReply word = PushReply.of(store, !taken);
        return (collided ? word.withCollision() : word).encode();
    }

    private byte[] ownWord(boolean wantsNoPushes) {
        return PushReply.of(store, wantsNoPushes).encode();
    }

    /** What travels with probes and gossip. */
    public Attachment attachment() {
        return new Attachment() {
            @Override
            public byte[] outgoing() {
                return ownWord(bootstrap.isTaking());
            }

            @Override
            public void incoming(NodeId from, byte[] bytes) {
                try {
                    peers.told(from, PushReply.decode(bytes));
                } catch (KvsException e) {
                    LOG.debug("{} sent along what cannot be read: {}", from, e.detail());
                }
            }
        };
    }

    /** What membership reports of members. */
    public void on(MemberEvent event) {
        switch (event.kind()) {
            case JOINED, RETURNED, REPLACED, CLEARED, CHANGED -> {
                peers.add(event.member());
                meet(event.member().store());
            }
            case FAILED, LEFT, REMOVED -> peers.down(event.member().id());
            case SUSPECTED -> {
                // It may refute; until then pushes find out for themselves.
            }
        }
    }

    /** What it may hold must be reckoned with, also after a restart during which it is away. */
    private void meet(StoreId other) {
        try {
            store.feed().meet(other);
        } catch (KvsException e) {
            LOG.debug("The store {} cannot be remembered: {}", other, e.detail());
        }
    }

    private PushStream stream(NodeId id) {
        return streams.computeIfAbsent(
                id,
                peer -> new PushStream(
                        peer, peers, store, ports.network, ports.scheduler, relay, settings, metrics, identity::doubt));
    }

    private void pokeAll() {
        streams.values().forEach(PushStream::poke);
    }

    private void relayLater() {
        ports.scheduler.after(settings.relayMillis(), () -> {
            if (!closed) {
                relay.tick(store.feed().knowledge());
                pokeAll();
                relayLater();
            }
        });
    }

    private void releaseLater() {
        ports.scheduler.after(HELD_BACK_MILLIS, () -> {
            if (!closed) {
                try {
                    receiver.releaseHeldBack();
                } catch (KvsException e) {
                    LOG.debug("Versions held back stay so for now: {}", e.detail());
                } finally {
                    releaseLater();
                }
            }
        });
    }

    /** Counts the nodes that hold a write. */
    public Copies copies() {
        return copies;
    }

    /** The other members. */
    public Collection<PeerState> peers() {
        return List.copyOf(peers.all());
    }

    /** What is durable here. */
    public VersionVector knowledge() {
        return store.feed().knowledge();
    }

    /** How many versions that are durable here a peer is not known to hold. */
    public long lag(PeerState peer) {
        long behind = 0;
        for (var dot : knowledge().dots()) {
            StoreId origin = dot.store();
            if (!origin.equals(peer.store())) {
                behind += Math.max(0, dot.sequence() - peer.knowledge().sequenceOf(origin));
            }
        }
        return behind;
    }

    /** The results of the last comparisons, by peer. */
    public Map<NodeId, SyncResult> results() {
        return rounds.results();
    }

    /** Compares with every live peer now. */
    public List<CompletableFuture<SyncResult>> syncNow() {
        return peers.live().stream().map(rounds::with).toList();
    }

    /** How many versions a peer is known to hold that are not here. */
    public long missing(PeerState peer) {
        VersionVector here = knowledge();
        return peer.knowledge().dots().stream()
                .mapToLong(dot -> Math.max(0, dot.sequence() - here.sequenceOf(dot.store())))
                .sum();
    }

    /**
     * The moment up to which every living member is known to hold everything, milliseconds since the epoch; empty when that
     * cannot be said.
     *
     * @param clockAheadMillis how far this node's clock is ahead of the others'
     */
    public OptionalLong convergedUpTo(long clockAheadMillis) {
        return new ConvergedTime(store.feed(), peers.live())
                .upTo(ports.time.epochMillis(), ports.time.monotonicNanos(), clockAheadMillis);
    }

    /** Writes a version that has seen nothing; see {@link Planting#plant}. */
    public Version plant(Key key, byte[] json, long hlc) {
        return planting.plant(key, json, hlc);
    }

    /** The trees over this node's winners. */
    public WinnerTree tree() {
        return tree;
    }

    /** How many versions were put into quarantine since the start. */
    public long quarantineCount() {
        return Stream.of(Keyspace.values()).mapToLong(quarantine::refused).sum();
    }

    /** How many of them belong to one keyspace. */
    public long quarantineCount(Keyspace keyspace) {
        return quarantine.refused(keyspace);
    }

    /** The last thousand versions that came back after their deletion had been collected. */
    public List<Version> quarantined() {
        return quarantine.entries();
    }

    /** Stops; what is on its way may still arrive. */
    @Override
    public void close() {
        closed = true;
        rounds.close();
        bootstrap.close();
        streams.values().forEach(PushStream::close);
    }
}
