package dev.kvs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvs.model.KvsException;
import dev.kvs.platform.PeerPath;
import dev.kvs.wire.ErrorCode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Deliberate faults, each planted into every node of a cluster. The scenario that must find it passes without it and fails
 * with it: a check that cannot fail is worth nothing.
 */
class PlantedFaultsTest {
    @Test
    void aNodeThatNeverRefutesIsFound() {
        Consumer<SimCluster> scenario = cluster -> FailureDetectionTest.nobodyFails(cluster, 20, 0.1, 10);
        scenario.accept(new SimCluster(1));
        assertFinds(
                scenario,
                cluster -> cluster.plant(parts -> new Parts(
                        new Self(parts.self().member()) {
                            @Override
                            boolean refute(Member claim) {
                                return false;
                            }
                        },
                        parts.list(),
                        parts.news(),
                        parts.order())));
    }

    @Test
    void incarnationsThatAreIgnoredAreFound() {
        Consumer<SimCluster> scenario = cluster -> partition(cluster, 1);
        scenario.accept(new SimCluster(1));
        assertFinds(
                scenario,
                cluster -> cluster.plant(parts ->
                        new Parts(parts.self(), parts.list(), parts.news(), Comparator.comparing(Member::state))));
    }

    @Test
    void newsThatIsNeverPassedOnIsFound() {
        Consumer<SimCluster> scenario = FormationTest::aChangeSpreads;
        scenario.accept(new SimCluster(1));
        assertFinds(
                scenario,
                cluster -> cluster.plant(parts -> new Parts(
                        parts.self(),
                        parts.list(),
                        new BroadcastQueue() {
                            @Override
                            List<Claim> take(int max, int members) {
                                return List.of();
                            }
                        },
                        parts.order())));
    }

    @Test
    void aDoorThatDoesNotSeeWhoStandsInTheWayIsFound() {
        Consumer<SimCluster> scenario = IdentityTest::aCopyIsRefused;
        scenario.accept(new SimCluster(1));
        assertFinds(
                scenario,
                cluster -> cluster.plant(parts -> new Parts(
                        parts.self(),
                        new MemberList() {
                            @Override
                            @Nullable
                            Peer contradicting(Member member) {
                                return null;
                            }
                        },
                        parts.news(),
                        parts.order())));
    }

    @Test
    void helpersThatDoNotHelpAreFound() {
        Consumer<SimCluster> scenario = FailureDetectionTest::aBrokenWayIsBridged;
        scenario.accept(new SimCluster(1));
        assertFinds(
                scenario,
                cluster -> cluster.serve(services -> {
                    var lazy = new HashMap<>(services);
                    lazy.put(PeerPath.PROBE_FOR, (_, _) -> {
                        throw new KvsException(ErrorCode.INTERNAL, "too lazy");
                    });
                    return lazy;
                }));
    }

    @Test
    void seedsThatAreForgottenAreFound() {
        Consumer<SimCluster> scenario = cluster -> partition(cluster, 15);
        scenario.accept(new SimCluster(1));
        assertFinds(scenario, cluster -> cluster.settings(usual -> MembershipSettings.defaults(List.of())));
    }

    private static void partition(SimCluster cluster, int minutes) {
        List<SimMember> nodes = cluster.acquainted(6);
        cluster.world().runFor(1_000);
        assertThat(SimCluster.agree(nodes)).as(cluster::picture).isTrue();
        PartitionTest.theyFindEachOtherAgain(cluster, 3, minutes);
    }

    private static void assertFinds(Consumer<SimCluster> scenario, Consumer<SimCluster> fault) {
        SimCluster faulty = new SimCluster(1);
        fault.accept(faulty);
        assertThatThrownBy(() -> scenario.accept(faulty)).isInstanceOf(AssertionError.class);
    }
}
