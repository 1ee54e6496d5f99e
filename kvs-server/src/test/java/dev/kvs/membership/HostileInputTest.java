package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.membership.MemberEvent.Kind;
import dev.kvs.platform.Network.Refused;
import dev.kvs.platform.PeerPath;
import dev.kvs.platform.SimRandomness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a member that lies, or a node that speaks nonsense, can do: nothing. */
class HostileInputTest {
    private static final long MINUTE = 60_000;

    private final SimCluster cluster = new SimCluster(1);
    private List<SimMember> nodes;
    private Stranger evil;

    @BeforeEach
    void form() {
        nodes = cluster.joined(4);
        evil = new Stranger(cluster, "evil:1", "evil");
        assertThat(cluster.untilTheyAgree(nodes, 5_000)).as(cluster::picture).isTrue();
    }

    @Test
    void aThousandMadeUpMembersAreAskedSlowlyAndSpreadNowhere() {
        SimMember told = nodes.getFirst();
        List<Member> fakes = madeUp(1_000, i -> "trap:1");
        Stranger trap = new Stranger(cluster, "trap:1", "trap");
        evil.say(told, PeerPath.GOSSIP, new Content.Exchange(fakes), List.of());
        assertThat(told.membership().status().candidates()).isBetween(900, 1_001);
        cluster.world().runFor(10_000);
        assertThat(trap.asked()).as("probes in 10 s").isBetween(100L, 400L);
        cluster.world().runFor(30 * MINUTE);
        assertThat(told.membership().status().candidates()).isZero();
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.membership().members()).as(cluster::picture).hasSizeLessThanOrEqualTo(6);
            assertThat(node.count(Kind.JOINED)).isLessThanOrEqualTo(5);
        });
    }

    @Test
    void madeUpMembersThatAreToldAgainAndAgainStayBounded() {
        SimMember told = nodes.getFirst();
        for (int round = 0; round < 20; round++) {
            int first = round * 1_000;
            evil.say(
                    told,
                    PeerPath.GOSSIP,
                    new Content.Exchange(madeUp(1_000, i -> "nowhere" + (first + i) + ":1")),
                    List.of());
            assertThat(told.membership().status().candidates()).isLessThanOrEqualTo(2 * Message.MEMBERS_MAX);
            cluster.world().runFor(1_000);
        }
        long before = cluster.world().eventsRun();
        cluster.world().runFor(MINUTE);
        assertThat(cluster.world().eventsRun() - before)
                .as("events in a minute")
                .isLessThan(30_000);
        assertThat(nodes)
                .allSatisfy(node -> assertThat(nodes)
                        .allSatisfy(other -> assertThat(node.stateOf(other))
                                .as(cluster::picture)
                                .isEqualTo(MemberState.ALIVE)));
    }

    @Test
    void aListOfMoreMembersThanThereMayBeIsRefusedWhole() {
        SimMember told = nodes.getFirst();
        evil.say(
                told,
                PeerPath.GOSSIP,
                new Content.Exchange(madeUp(Message.MEMBERS_MAX + 1, i -> "nowhere:" + (i + 1))),
                List.of());
        assertThat(evil.outcomes()).singleElement().isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("invalid_request");
            assertThat(refused.detail()).contains("4096");
        });
        assertThat(told.membership().status().candidates()).isZero();
    }

    @Test
    void nobodyCanTalkALivingMemberAway() {
        letIn(evil);
        for (MemberState state : List.of(MemberState.SUSPECT, MemberState.FAILED, MemberState.LEFT)) {
            for (long incarnation : new long[] {1, 2, 3, 100, Member.INCARNATION_MAX}) {
                SimMember victim = nodes.get(2);
                evil.claim(
                        nodes.getFirst(),
                        victim.memberOf(victim).at(incarnation).in(state));
                cluster.world().runFor(3_000);
                assertThat(nodes.getFirst().stateOf(victim))
                        .as("%s/%d %s", state, incarnation, cluster.picture())
                        .isEqualTo(MemberState.ALIVE);
            }
        }
        assertThat(nodes.getFirst().count(Kind.FAILED)).isZero();
        assertThat(nodes.get(2).memberOf(nodes.get(2)).incarnation())
                .as("numbers left to refute with")
                .isLessThan(1_000);
    }

    @Test
    void nobodyCanMoveAMembersAddress() {
        letIn(evil);
        SimMember victim = nodes.get(2);
        Member word = victim.memberOf(victim);
        evil.claim(
                nodes.getFirst(),
                new Member(victim.id(), "evil:1", victim.store(), 50, MemberState.ALIVE, 0, "normal", "1.0.0", 1));
        cluster.world().runFor(MINUTE);
        assertThat(nodes.getFirst().memberOf(victim).address()).isEqualTo(word.address());
        assertThat(SimCluster.agree(nodes))
                .as("but for the intruder: " + cluster.picture())
                .isFalse();
        assertThat(nodes).allSatisfy(node -> assertThat(node.stateOf(victim)).isEqualTo(MemberState.ALIVE));
    }

    @Test
    void nobodyCanUseANodeToCallWhomHeLikes() {
        letIn(evil);
        Stranger bystander = new Stranger(cluster, "bystander:1", "bystander");
        evil.say(
                nodes.getFirst(),
                PeerPath.PROBE_FOR,
                new Content.ProbeFor(bystander.self().id(), 1, 500),
                List.of());
        cluster.world().runFor(10_000);
        assertThat(bystander.asked()).isZero();
    }

    @Test
    void aMessageBorneBySomebodyElseIsRefused() {
        Message forged = new Message(
                SimCluster.IDENTITY,
                nodes.get(1).memberOf(nodes.get(1)),
                0,
                List.of(),
                new byte[0],
                new Content.Probe(nodes.getFirst().id(), nodes.getFirst().store()));
        evil.send(nodes.getFirst(), PeerPath.PROBE, MessageWriter.write(forged));
        assertThat(evil.outcomes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("invalid_request"));
    }

    @Test
    void aMessageOfOneKindOnThePathOfAnotherIsRefused() {
        for (PeerPath path : List.of(PeerPath.JOIN, PeerPath.PROBE, PeerPath.PROBE_FOR, PeerPath.GOSSIP)) {
            evil.say(nodes.getFirst(), path, new Content.Ack(), List.of());
            evil.say(nodes.getFirst(), path, new Content.Wait(5), List.of());
        }
        assertThat(evil.outcomes())
                .hasSize(8)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Refused.class));
    }

    @Test
    void answersThatMakeNoSenseCountAsNone() {
        letIn(evil);
        for (String nonsense : List.of("", "{", "[]", "null", "{\"format\":99}", "\u0000\u0001", "{\"format\":1}")) {
            evil.answerEverythingWith(nonsense.getBytes(StandardCharsets.UTF_8));
            cluster.world().runFor(20_000);
        }
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.membership().members().stream()
                            .filter(view -> view.member().id().value().equals("evil"))
                            .map(view -> view.member().state()))
                    .as(cluster::picture)
                    .containsExactly(MemberState.FAILED);
        });
    }

    @Test
    void aListThatAnswersAProbeIsNotWhatWasAskedForButDoesNoHarm() {
        letIn(evil);
        Message list = evil.message(new Content.Exchange(madeUp(500, i -> "nowhere:" + (i + 1))), List.of());
        evil.answerEverythingWith(MessageWriter.write(list));
        cluster.world().runFor(MINUTE);
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.membership().members())
                        .as(cluster::picture)
                        .hasSize(5));
    }

    @Test
    void damagedMessagesAreRefusedOrDoNoHarm() {
        SimRandomness chance = new SimRandomness(11);
        byte[] good = MessageWriter.write(new Message(
                SimCluster.IDENTITY,
                evil.self(),
                1,
                List.of(Claim.of(Stranger.member("x", "nowhere:1"))),
                new byte[] {1, 2, 3},
                new Content.Exchange(List.of(evil.self(), Stranger.member("y", "nowhere:2")))));
        for (int i = 0; i < 2_000; i++) {
            evil.send(nodes.getFirst(), PeerPath.GOSSIP, damaged(good, chance));
        }
        assertThat(evil.outcomes()).hasSize(2_000);
        assertThat(evil.outcomes().stream().filter(Refused.class::isInstance).count())
                .isGreaterThan(500);
        assertThat(evil.outcomes().stream().filter(Refused.class::isInstance))
                .extracting(outcome -> ((Refused) outcome).code())
                .containsOnly("invalid_request", "cluster_mismatch");
        cluster.world().runFor(5 * MINUTE);
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.seesAlive(nodes)
                                || node.membership().members().size() == 5)
                        .as(cluster::picture)
                        .isTrue());
    }

    /** Cut short, with a byte changed, a piece doubled or a piece taken out. */
    private static byte[] damaged(byte[] good, SimRandomness chance) {
        int from = (int) chance.between(0, good.length - 1);
        int to = (int) chance.between(from, good.length);
        return switch ((int) chance.between(0, 3)) {
            case 0 -> Arrays.copyOf(good, from);
            case 1 -> {
                byte[] changed = good.clone();
                changed[from] = (byte) chance.between(0, 255);
                yield changed;
            }
            case 2 -> joined(Arrays.copyOf(good, to), Arrays.copyOfRange(good, from, good.length));
            default -> joined(Arrays.copyOf(good, from), Arrays.copyOfRange(good, to, good.length));
        };
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** The stranger becomes a member like any other. */
    private void letIn(Stranger stranger) {
        stranger.say(nodes.getFirst(), PeerPath.JOIN, new Content.Join(), List.of());
        cluster.world().runFor(5_000);
        assertThat(nodes.getFirst().membership().members()).as(cluster::picture).hasSize(5);
    }

    private static List<Member> madeUp(int count, Function<Integer, String> address) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> Stranger.member("fake" + i, address.apply(i)))
                .toList());
    }
}
