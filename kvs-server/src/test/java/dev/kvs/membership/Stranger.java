package dev.kvs.membership;

import dev.kvs.model.NodeId;
import dev.kvs.platform.Network;
import dev.kvs.platform.Network.Outcome;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.SimHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A machine that knows the cluster's secret and the message format, and means harm: it says what the test lets it say, and
 * answers every probe as whoever it claims to be.
 */
final class Stranger {
    private final SimCluster cluster;
    private final SimHost host;
    private final Member self;
    private final Network network;
    private final List<Outcome> outcomes = new ArrayList<>();
    private long asked;

    Stranger(SimCluster cluster, String address, String name) {
        this.cluster = cluster;
        this.host = cluster.network().host(address);
        this.self = member(name, address);
        this.network = cluster.network().connect(host, name);
        answerEverythingWith(MessageWriter.write(message(new Content.Ack(), List.of())));
    }

    Member self() {
        return self;
    }

    SimHost host() {
        return host;
    }

    /** How often anybody has asked it anything. */
    long asked() {
        return asked;
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    void answerEverythingWith(byte[] body) {
        Network.Service service = (_, _) -> {
            asked++;
            return body;
        };
        host.serve(Map.of(
                PeerPath.JOIN, service,
                PeerPath.GOSSIP, service,
                PeerPath.PROBE, service,
                PeerPath.PROBE_FOR, service));
    }

    Message message(Content content, List<Claim> changes) {
        return new Message(SimCluster.IDENTITY, self, host.time().epochMillis(), changes, new byte[0], content);
    }

    void say(SimMember to, PeerPath path, Content content, List<Claim> changes) {
        send(to, path, MessageWriter.write(message(content, changes)));
    }

    void send(SimMember to, PeerPath path, byte[] body) {
        network.call(to.host().address(), path, body, 1_000, outcomes::add);
        cluster.world().runFor(5);
    }

    /** A probe of this member that carries a claim. */
    void claim(SimMember to, Member claimed) {
        say(to, PeerPath.PROBE, new Content.Probe(to.id(), to.store()), List.of(Claim.of(claimed)));
    }

    /** A living member that nobody has ever seen. */
    static Member member(String name, String address) {
        return Member.beginning(new NodeId(name), address, SimCluster.storeOf(name, 1), 0, "normal", "1.0.0");
    }
}
