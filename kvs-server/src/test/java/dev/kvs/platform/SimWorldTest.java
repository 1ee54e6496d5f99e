package dev.kvs.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.KvsException;
import dev.kvs.platform.Network.Answered;
import dev.kvs.platform.Network.Outcome;
import dev.kvs.platform.Network.Refused;
import dev.kvs.platform.Network.Unreachable;
import dev.kvs.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The simulated ports: what they promise to nodes, what goes wrong when told to, and that one seed makes one history. */
class SimWorldTest {
    private static final long SEED = 17;
    private static final long TIMEOUT = 1_000;

    private final SimScheduler world = new SimScheduler();
    private final SimNetwork network = new SimNetwork(world, SEED);
    private final SimHost a = network.host("a:1");
    private final SimHost b = network.host("b:1");
    private final SimHost c = network.host("c:1");
    private final Network fromA = network.connect(a, "A", Map.of());
    private final List<String> served = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    SimWorldTest() {
        serveAt(b);
        serveAt(c);
    }

    @Test
    void tasksRunAtTheirMomentAndThoseOfOneMomentInTheOrderAsked() {
        List<String> ran = new ArrayList<>();
        world.after(20, () -> ran.add("late at " + world.millis()));
        world.after(10, () -> ran.add("first at " + world.millis()));
        world.after(10, () -> world.after(0, () -> ran.add("nested at " + world.millis())));
        world.after(10, () -> ran.add("second at " + world.millis()));
        world.after(15, () -> ran.add("never")).cancel();
        world.runFor(15);
        assertThat(ran).containsExactly("first at 10", "second at 10", "nested at 10");
        assertThat(world.millis()).isEqualTo(15);
        world.runFor(5);
        assertThat(ran).endsWith("late at 20");
    }

    @Test
    void waitingForAConditionStopsWhenItHoldsOrItsTimeIsUp() {
        world.after(10, () -> served.add("x"));
        assertThat(world.runUntil(() -> !served.isEmpty(), 50)).isTrue();
        assertThat(world.millis()).isEqualTo(10);
        assertThat(world.runUntil(() -> served.size() == 2, 50)).isFalse();
        assertThat(world.millis()).isEqualTo(60);
    }

    @Test
    void aCallIsAnsweredOnceAndNamesItsCaller() {
        call("b:1", "hello");
        world.runFor(10 * TIMEOUT);
        assertThat(texts()).containsExactly("A said hello to b:1");
    }

    @Test
    void refusalsComeBackAsTheDoorWouldPutThem() {
        network.connect(b, "B", Map.of(PeerPath.PROBE, (_, _) -> {
            throw new KvsException(ErrorCode.READ_ONLY, "not now");
        }));
        call("b:1", "hello");
        fromA.call("b:1", PeerPath.VOTE, new byte[1], TIMEOUT, outcomes::add);
        fromA.call("b:1", PeerPath.PROBE, new byte[PeerPath.PROBE.maxBytes() + 1], TIMEOUT, outcomes::add);
        world.runFor(TIMEOUT);
        assertThat(outcomes)
                .extracting(outcome -> ((Refused) outcome).code())
                .containsExactlyInAnyOrder("read_only", "unknown_path", "body_too_large");
    }

    @Test
    void aKilledProcessIsRefusedAtOnceAndADarkMachineIsSilent() {
        b.kill();
        c.cutPower();
        call("b:1", "x");
        call("c:1", "x");
        call("nowhere:1", "x");
        world.runFor(TIMEOUT - 1);
        assertThat(outcomes).hasSize(2).allMatch(Unreachable.class::isInstance);
        world.runFor(1);
        assertThat(outcomes).hasSize(3).allMatch(Unreachable.class::isInstance);
        assertThat(served).isEmpty();
    }

    @Test
    void aCrashLosesTimersMessagesOnTheirWayAndCallbacks() {
        List<String> ran = new ArrayList<>();
        a.scheduler().after(5, () -> ran.add("timer of a"));
        network.everyLink(SimLink.lan().delaying(3_000, 3_000));
        call("b:1", "to b");
        world.runFor(1);
        b.cutPower();
        b.restart();
        serveAt(b);
        a.kill();
        a.restart();
        world.runFor(10 * TIMEOUT);
        call("c:1", "from the dead life");
        world.runFor(10 * TIMEOUT);
        assertThat(ran).isEmpty();
        assertThat(served).isEmpty();
        assertThat(outcomes).isEmpty();
        assertThat(network.trace().count(SimFault.LOST_IN_CRASH)).isEqualTo(1);
        network.connect(a, "A", Map.of()).call("b:1", PeerPath.PROBE, new byte[0], TIMEOUT, outcomes::add);
        world.runFor(TIMEOUT);
        assertThat(outcomes).singleElement().isInstanceOf(Answered.class);
    }

    @Test
    void cutsHoldOneWayOrBothAndOnlyWhereTheyWereMade() {
        network.cut(List.of(b), List.of(a));
        call("b:1", "asymmetric");
        call("c:1", "free");
        world.runFor(2 * TIMEOUT);
        assertThat(served).containsExactlyInAnyOrder("asymmetric", "free");
        assertThat(outcomes)
                .hasSize(2)
                .filteredOn(Unreachable.class::isInstance)
                .hasSize(1);
        network.cutBoth(List.of(a), List.of(c));
        call("c:1", "cut");
        world.runFor(2 * TIMEOUT);
        assertThat(served).doesNotContain("cut");
        assertThat(network.trace().count(SimFault.CUT)).isEqualTo(2);
        network.heal();
        call("b:1", "healed");
        world.runFor(2 * TIMEOUT);
        assertThat(texts()).endsWith("A said healed to b:1");
    }

    @Test
    void lossDuplicationAndReorderingHappenAboutAsOftenAsAsked() {
        network.everyLink(SimLink.lan().losing(0.05).duplicating(0.1).reordering(0.2, 50));
        int calls = 10_000;
        for (int i = 0; i < calls; i++) {
            call("b:1", Integer.toString(i));
        }
        world.runFor(10 * TIMEOUT);
        assertThat(outcomes).as("every call has one outcome").hasSize(calls);
        assertThat(outcomes.stream().filter(Unreachable.class::isInstance).count())
                .as("calls lost to 5 %% a message, less those saved by a duplicate, seed %d", SEED)
                .isBetween(calls * 7L / 100, calls * 11L / 100);
        assertThat(served.size()).as("requests served, seed %d", SEED).isBetween(calls * 102 / 100, calls * 107 / 100);
        assertThat(served)
                .as("the order they were sent in")
                .isNotEqualTo(served.stream().sorted().toList());
        assertThat(network.trace().counts()).containsKeys(SimFault.LOST, SimFault.DUPLICATED, SimFault.REORDERED);
    }

    @Test
    void aLinkOfItsOwnBehavesUnlikeTheOthers() {
        network.link(a, b, SimLink.lan().losing(1));
        call("b:1", "lost");
        call("c:1", "kept");
        world.runFor(2 * TIMEOUT);
        assertThat(served).containsExactly("kept");
    }

    @Test
    void slowAndPausedMachinesAreLateWithEverything() {
        List<Long> ran = new ArrayList<>();
        b.slow(300, 300);
        call("b:1", "slow");
        world.runFor(299);
        assertThat(served).isEmpty();
        world.runFor(3);
        assertThat(texts()).containsExactly("A said slow to b:1");
        a.pause(5_000);
        a.scheduler().after(1, () -> ran.add(world.millis()));
        world.runFor(6_000);
        assertThat(ran).containsExactly(5_302L);
    }

    @Test
    void wallClocksJumpAloneWhileTheMonotonicOneGoesOn() {
        world.runFor(1_000);
        a.jumpClock(3_600_000);
        b.jumpClock(-3_600_000);
        assertThat(a.time().epochMillis()).isEqualTo(SimTime.EPOCH_MILLIS + 1_000 + 3_600_000);
        assertThat(b.time().epochMillis()).isEqualTo(SimTime.EPOCH_MILLIS + 1_000 - 3_600_000);
        assertThat(c.time().epochMillis()).isEqualTo(SimTime.EPOCH_MILLIS + 1_000);
        assertThat(a.time().monotonicNanos())
                .isEqualTo(b.time().monotonicNanos())
                .isEqualTo(1_000_000_000L);
    }

    @Test
    void oneSeedMakesOneHistory() {
        assertThat(history(1)).isEqualTo(history(1)).isNotEqualTo(history(2));
        assertThat(history(1).getLast())
                .isEqualTo(history(1).getLast())
                .isNotEqualTo(history(2).getLast());
    }

    @Test
    void whatOnePartDrawsChangesNothingForTheOthers() {
        SimRandomness seed = new SimRandomness(SEED);
        long expected = new SimRandomness(SEED).fork("b").nextLong();
        seed.fork("a").nextLong();
        assertThat(seed.fork("b").nextLong())
                .isEqualTo(expected)
                .isNotEqualTo(seed.fork("c").nextLong());
    }

    /** Every event of a small noisy run as text, and its hash at the end. */
    private static List<String> history(long seed) {
        SimScheduler world = new SimScheduler();
        SimNetwork network = new SimNetwork(world, seed);
        List<String> lines = new ArrayList<>();
        network.trace().listen(lines::add);
        network.everyLink(SimLink.lan().losing(0.1).duplicating(0.1).reordering(0.1, 20));
        SimHost host = network.host("a:1");
        Network caller = network.connect(host, "A", Map.of(PeerPath.PROBE, (_, body) -> body));
        for (int i = 0; i < 100; i++) {
            caller.call(
                    "a:1",
                    PeerPath.PROBE,
                    new byte[i],
                    TIMEOUT,
                    outcome -> network.trace().note(outcome.getClass().getSimpleName()));
        }
        world.runFor(2 * TIMEOUT);
        lines.add(Long.toHexString(network.trace().hash()));
        return lines;
    }

    private void serveAt(SimHost host) {
        network.connect(host, host.address(), Map.of(PeerPath.PROBE, (caller, body) -> {
            String said = new String(body, StandardCharsets.UTF_8);
            served.add(said);
            return (caller + " said " + said + " to " + host.address()).getBytes(StandardCharsets.UTF_8);
        }));
    }

    private void call(String address, String said) {
        fromA.call(address, PeerPath.PROBE, said.getBytes(StandardCharsets.UTF_8), TIMEOUT, outcomes::add);
    }

    private List<String> texts() {
        return outcomes.stream()
                .filter(Answered.class::isInstance)
                .map(outcome -> new String(((Answered) outcome).body(), StandardCharsets.UTF_8))
                .toList();
    }
}
