package dev.kvs.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.wire.Comparison;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.HealthReport;
import dev.kvs.wire.MemberInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the overview says of a cluster, and what it must not say. */
class VerdictTest {
    private static final HealthReport UP = new HealthReport(HealthReport.OK, "normal", 3, "n1", "1.0.0", List.of());
    private static final MemberInfo FIRST = member("n1", MemberInfo.ALIVE);

    private static MemberInfo member(String id, String state) {
        return new MemberInfo(id, id + ":8080", state, 0, 0, "1.0.0", "normal", 0, id.equals("n1"));
    }

    private static Comparison compared(String result, Long equalAt) {
        return new Comparison("n2", result, 0, 0, null, equalAt, equalAt);
    }

    private static Verdict of(Comparison... comparisons) {
        return of(MemberInfo.ALIVE, comparisons);
    }

    private static Verdict of(String state, Comparison... comparisons) {
        List<Convergence.Peer> peers = Stream.of(comparisons)
                .map(one -> new Convergence.Peer(one.peer(), "n2:8080", state, 0, 0, null, one))
                .toList();
        Convergence known = new Convergence("n1", null, null, 0, 0, 0, List.of(), 0, 0, peers);
        return Verdict.of(UP, List.of(FIRST), Optional.of(known), Instant.EPOCH);
    }

    @Test
    void whoIsSilentIsNamedAndWhoHasLeftIsNotMissed() {
        List<MemberInfo> members = List.of(FIRST, member("n2", MemberInfo.ALIVE), member("n3", MemberInfo.LEFT));
        Verdict left = Verdict.of(UP, members, Optional.empty(), Instant.EPOCH);
        assertThat(left.badge().text()).isEqualTo("Healthy");
        assertThat(left.reasons()).containsExactly("all 2 members answer");

        members = List.of(FIRST, member("n2", "failed"), member("n3", MemberInfo.LEFT));
        Verdict silent = Verdict.of(UP, members, Optional.empty(), Instant.EPOCH);
        assertThat(silent.badge().text()).isEqualTo("Degraded");
        assertThat(silent.reasons()).containsExactly("1 of 2 members answer; silent: n2 (failed)");
    }

    @Test
    void onlyWhoHasBeenComparedIsSaidToHoldTheSame() {
        Comparison equal = compared(Comparison.EQUAL, 0L);
        assertThat(of(equal, equal).reasons()).anyMatch(reason -> reason.startsWith("all hold the same"));

        Verdict fresh = of(equal, compared(Comparison.NEVER, null));
        assertThat(fresh.badge().text()).isEqualTo("Healthy");
        assertThat(fresh.reasons()).noneMatch(reason -> reason.startsWith("all hold the same"));
    }

    @Test
    void aComparisonThatFailedIsAWarning() {
        Verdict failed = of(compared(Comparison.EQUAL, 0L), compared(Comparison.FAILED, 0L));
        assertThat(failed.badge().text()).isEqualTo("Degraded");
        assertThat(failed.reasons())
                .contains("the last comparison with n2 failed")
                .noneMatch(reason -> reason.startsWith("all hold the same"));
        assertThat(of(MemberInfo.LEFT, compared(Comparison.FAILED, null))
                        .badge()
                        .text())
                .as("with who has left nobody compares")
                .isEqualTo("Healthy");
    }
}
