package dev.kvs.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.wire.HealthReport;
import dev.kvs.wire.MemberInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the overview says of a cluster, and what it must not say. */
class VerdictTest {
    private static final HealthReport UP = new HealthReport(HealthReport.OK, "normal", 3, "n1", "1.0.0", List.of());
    private static final MemberInfo FIRST = member("n1", MemberInfo.ALIVE);

    private static MemberInfo member(String id, String state) {
        return new MemberInfo(id, id + ":8080", state, 0, 0, "1.0.0", "normal", 0, id.equals("n1"));
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
}
