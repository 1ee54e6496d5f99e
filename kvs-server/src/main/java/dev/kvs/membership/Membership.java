package dev.kvs.membership;

import dev.kvs.membership.Decision.Answer;
import dev.kvs.membership.Decision.Call;
import dev.kvs.membership.Decision.Gone;
import dev.kvs.membership.Decision.Later;
import dev.kvs.membership.Decision.Letter;
import dev.kvs.membership.Decision.Refusal;
import dev.kvs.membership.Decision.Silence;
import dev.kvs.membership.Decision.Step;
import dev.kvs.membership.Decision.Tell;
import dev.kvs.membership.Decision.Warn;
import dev.kvs.model.KvsException;
import dev.kvs.model.NodeId;
import dev.kvs.model.StoreId;
import dev.kvs.platform.Check;
import dev.kvs.platform.Network;
import dev.kvs.platform.Network.Answered;
import dev.kvs.platform.Network.Outcome;
import dev.kvs.platform.Network.Refused;
import dev.kvs.platform.Network.Unreachable;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.Scheduler;
import dev.kvs.platform.Time;
import dev.kvs.wire.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's membership of its cluster: who is there, who is not, and where this node stands. It gives the {@link Protocol} its
 * clock, its timers and its network, and lets in one thread at a time; messages are read and written, and everybody else is
 * called, outside that lock.
 */
public final class Membership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final byte[] NOTHING = new byte[0];

    private final ClusterIdentity identity;
    private final Ports ports;
    private final Attachment attachment;
    private final Protocol protocol;
    private final EventDelivery events;
    private final ClockSkew skew = new ClockSkew();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile CompletableFuture<Void> departure = new CompletableFuture<>();
    private volatile boolean closed;

    /** What membership needs of the world. */
    public record Ports(Time time, Scheduler scheduler, Network network, Randomness randomness) {}

    /**
     * Membership of a node that has not asked anybody yet.
     *
     * @param self what the node says of itself, see {@link Member#beginning}
     */
    public Membership(
            MembershipSettings settings,
            ClusterIdentity identity,
            Member self,
            Ports ports,
            Attachment attachment,
            MemberListener listener) {
        this(settings, identity, Parts.of(self), ports, attachment, listener);
    }

    Membership(
            MembershipSettings settings,
            ClusterIdentity identity,
            Parts parts,
            Ports ports,
            Attachment attachment,
            MemberListener listener) {
        this.identity = identity;
        this.ports = ports;
        this.attachment = attachment;
        this.protocol = new Protocol(settings, parts, new Draw(ports.randomness()));
        this.events = new EventDelivery(listener);
    }

    /** What to serve to other nodes, from before {@link #join}. */
    public Map<PeerPath, Network.Service> services() {
        return Map.of(
                PeerPath.JOIN, (caller, body) -> answer(PeerPath.JOIN, caller, body),
                PeerPath.GOSSIP, (caller, body) -> answer(PeerPath.GOSSIP, caller, body),
                PeerPath.PROBE, (caller, body) -> answer(PeerPath.PROBE, caller, body),
                PeerPath.PROBE_FOR, (caller, body) -> answer(PeerPath.PROBE_FOR, caller, body));
    }

    /** Begins to ask the seeds, or to wait for others when there are none; comes back at once. Also after {@link #leave}. */
    public void join() {
        run(0, protocol::join);
    }

    /**
     * Asks whoever is at an address to let this node in, now, and again as it does its seeds; also after {@link #leave}.
     * Throws {@code invalid_request} when this is no address.
     *
     * @param address {@code host:port}
     * @return completes with what is in the way, empty when nothing is; never when the other one asks to wait for good
     */
    public CompletableFuture<String> join(String address) {
        if (!Address.isValid(address)) {
            throw new KvsException(ErrorCode.INVALID_REQUEST, "The address is host:port, as 10.0.0.2:8080.");
        }
        CompletableFuture<String> answered = new CompletableFuture<>();
        run(0, turn -> protocol.joinThrough(turn, address, answered::complete));
        return answered;
    }

    /**
     * Says goodbye to the others. They will not think that this node has failed, and will not try it again.
     *
     * @return completes when they have heard it or had a probe interval's time to
     */
    public CompletableFuture<Void> leave() {
        CompletableFuture<Void> said = new CompletableFuture<>();
        departure = said;
        run(0, protocol::leave);
        return said;
    }

    /** Tells the others that this node does something else with its clients' writes: a word of {@link Member#mode}. */
    public void changeMode(String mode) {
        run(0, _ -> protocol.changeMode(mode));
    }

    /** Tells the others that this node's data directory goes by another name from now on. */
    public void changeStore(StoreId store) {
        run(0, _ -> protocol.changeStore(store));
    }

    /** Stops at once, without a goodbye. */
    @Override
    public void close() {
        closed = true;
    }

    /** All members, this node among them, in the order of their names. */
    public List<MemberView> members() {
        long wall = ports.time().epochMillis();
        long now = nowMillis();
        List<MemberView> views = new ArrayList<>();
        lock.lock();
        try {
            views.add(new MemberView(protocol.roster().self().member(), wall, true));
            for (Peer peer : protocol.roster().list().all()) {
                views.add(new MemberView(peer.member(), wall - (now - peer.heardAt()), false));
            }
        } finally {
            lock.unlock();
        }
        views.sort(Comparator.comparing(view -> view.member().id().value()));
        return views;
    }

    /** How it is doing. */
    public MembershipStatus status() {
        lock.lock();
        try {
            return new MembershipStatus(
                    protocol.standing(),
                    protocol.rival(nowMillis()),
                    protocol.awareness(),
                    protocol.candidates(),
                    clockAhead(),
                    protocol.work());
        } finally {
            lock.unlock();
        }
    }

    private OptionalLong clockAhead() {
        Set<NodeId> live = protocol.roster().list().live().stream()
                .map(peer -> peer.member().id())
                .collect(Collectors.toSet());
        skew.retain(live);
        return skew.aheadMillis(live, ports.time().epochMillis(), nowMillis());
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(ports.time().monotonicNanos());
    }

    /** Lets the protocol take a step that was due {@code lateMillis} ago, and does what it decides. */
    private void run(long lateMillis, Step step) {
        if (!closed) {
            exclusively(lateMillis, turn -> {
                protocol.step(turn, step);
                return turn;
            });
        }
    }

    /** One turn under the lock; what it decides is done after it, also when it ends with a refusal. */
    private <T> T exclusively(long lateMillis, Function<Turn, T> work) {
        List<Decision> decisions = List.of();
        try {
            lock.lock();
            try {
                Turn turn = new Turn(nowMillis(), lateMillis);
                decisions = turn.decisions();
                return work.apply(turn);
            } finally {
                keepOrder(decisions);
                lock.unlock();
            }
        } finally {
            act(decisions);
        }
    }

    /** Puts events in line while the lock still says which came first. */
    private void keepOrder(List<Decision> decisions) {
        for (Decision decision : decisions) {
            if (decision instanceof Tell(MemberEvent event)) {
                events.add(event);
            }
        }
    }

    private void act(List<Decision> decisions) {
        for (Decision decision : decisions) {
            switch (decision) {
                case Later(long delayMillis, Step step) -> plan(delayMillis, step);
                case Call call -> send(call);
                case Tell _ -> events.deliver();
                case Warn(String text) -> LOG.warn(text);
                case Gone _ -> departure.complete(null);
                case Answer(Consumer<String> waiting, String problem) -> waiting.accept(problem);
            }
        }
    }

    private void plan(long delayMillis, Step step) {
        long due = nowMillis() + delayMillis;
        ports.scheduler().after(delayMillis, () -> run(Math.max(0, nowMillis() - due), step));
    }

    private void send(Call call) {
        byte[] body = write(call.path(), call.letter());
        long sent = nowMillis();
        ports.network()
                .call(call.address(), call.path(), body, call.timeoutMillis(), outcome -> ended(call, sent, outcome));
    }

    private void ended(Call call, long sentMillis, Outcome outcome) {
        switch (outcome) {
            case Answered(byte[] body) -> answered(call, sentMillis, body);
            case Refused(String code, String detail) ->
                run(0, turn -> protocol.failed(turn, call, new Refusal(code, detail)));
            case Unreachable(String detail) -> run(0, turn -> protocol.failed(turn, call, new Silence(detail)));
        }
    }

    private void answered(Call call, long sentMillis, byte[] body) {
        Message message;
        try {
            message = read(body);
        } catch (KvsException nonsense) {
            Decision.Reply reply = nonsense.code() == ErrorCode.CLUSTER_MISMATCH
                    ? new Refusal(nonsense.code().code(), nonsense.detail())
                    : new Silence(nonsense.detail());
            run(0, turn -> protocol.failed(turn, call, reply));
            return;
        }
        long received = nowMillis();
        run(0, turn -> {
            protocol.replied(turn, call, message);
            if (protocol.isMember(message.from())) {
                skew.sample(message.from().id(), message.clockMillis(), sentMillis, received);
            }
        });
        passOn(message);
    }

    private byte[] answer(PeerPath path, String caller, byte[] body) {
        Message message = read(body);
        if (!message.from().id().value().equals(caller)) {
            throw new KvsException(
                    ErrorCode.INVALID_REQUEST,
                    "The message is of " + message.from().id() + ", its bearer is another.");
        }
        if (closed) {
            throw new KvsException(ErrorCode.SHUTTING_DOWN, "This node is shutting down.");
        }
        Letter letter = exclusively(0, turn -> protocol.answer(turn, path, message));
        passOn(message);
        return write(path, letter);
    }

    private Message read(byte[] body) {
        Message message = MessageReader.read(body);
        identity.refuseOthers(message.identity(), message.from());
        return message;
    }

    private byte[] write(PeerPath path, Letter letter) {
        boolean carries = path == PeerPath.PROBE || path == PeerPath.GOSSIP;
        byte[] carried = carries ? attachment.outgoing() : NOTHING;
        Check.that(carried.length <= Attachment.BYTES_MAX, "an attachment keeps to its limit", carried.length);
        return MessageWriter.write(new Message(
                identity, letter.from(), ports.time().epochMillis(), letter.changes(), carried, letter.content()));
    }

    /** Gives a living member's attachment to whom it is for. */
    private void passOn(Message message) {
        if (message.attachment().length == 0) {
            return;
        }
        boolean member;
        lock.lock();
        try {
            member = protocol.isMember(message.from());
        } finally {
            lock.unlock();
        }
        if (member) {
            attachment.incoming(message.from().id(), message.attachment());
        }
    }
}
