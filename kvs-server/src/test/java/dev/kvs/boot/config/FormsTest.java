package dev.kvs.boot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormsTest {
    @Test
    void switchesTakeTheSpellingsOfYaml() {
        for (String on : List.of("true", "TRUE", "yes", "on")) {
            assertGood(NodeConfig.READ_ONLY, on);
        }
        for (String off : List.of("false", "no", "Off")) {
            assertGood(NodeConfig.READ_ONLY, off);
        }
        for (String neither : List.of("1", "0", "tru", "enabled", "")) {
            assertBad(NodeConfig.READ_ONLY, neither);
        }
    }

    @Test
    void choicesAreWordsWithHyphensInAnyCase() {
        assertThat(ClusterConfig.CONFLICT_POLICY.type().parse(new RawValue.Scalar("Majority-Vote")))
                .isEqualTo(new Parsed.Good<>(ClusterConfig.ConflictPolicy.MAJORITY_VOTE));
        assertBad(ClusterConfig.CONFLICT_POLICY, "majority_vote");
        assertBad(ApiConfig.RESPONSE_FORMAT, "");
    }

    @Test
    void aNodeIdHasAtMostSixtyFourHarmlessCharacters() {
        assertGood(NodeConfig.NODE_ID, "a".repeat(64));
        assertBad(NodeConfig.NODE_ID, "a".repeat(65));
        assertBad(NodeConfig.NODE_ID, "a".repeat(100_000));
        for (String bad : List.of("-a", "a b", "a/b", "\u00e4", "a\u0000", "a\n", "../x")) {
            assertBad(NodeConfig.NODE_ID, bad);
        }
    }

    @Test
    void addressesAreNamesOrNumbers() {
        for (String good : List.of("127.0.0.1", "0.0.0.0", "::1", "fe80::1%eth0", "node-1.example.org")) {
            assertGood(HttpConfig.BIND_ADDRESS, good);
        }
        for (String bad : List.of("", "http://x", "a b", "x;y", "\u00e4.example", "a".repeat(254))) {
            assertBad(HttpConfig.BIND_ADDRESS, bad);
        }
    }

    @Test
    void seedsAreHostAndPort() {
        for (String good : List.of("", "a:1", "a:65535,b:8080", "[::1]:8080", " a:1 , b:2 ")) {
            assertGood(ClusterConfig.SEED_NODES, good);
        }
        for (String bad : List.of("a", "a:0", "a:65536", ":80", "a:b", "a:1,", "a:1,,b:2", "http://a:80")) {
            assertBad(ClusterConfig.SEED_NODES, bad);
        }
        assertGood(ClusterConfig.SEED_NODES, "a:1,".repeat(99) + "a:1");
        assertBad(ClusterConfig.SEED_NODES, "a:1,".repeat(100) + "a:1");
    }

    @Test
    void aSecretHasTwoHundredAndFiftySixBits() {
        assertGood(SecurityConfig.CLUSTER_SECRET, "");
        assertGood(SecurityConfig.CLUSTER_SECRET, "0aF".repeat(22));
        assertGood(SecurityConfig.CLUSTER_SECRET, "a".repeat(64));
        assertGood(SecurityConfig.CLUSTER_SECRET, "a".repeat(256));
        assertBad(SecurityConfig.CLUSTER_SECRET, "a".repeat(63));
        assertBad(SecurityConfig.CLUSTER_SECRET, "a".repeat(257));
        assertBad(SecurityConfig.CLUSTER_SECRET, "g".repeat(64));
    }

    @Test
    void schedulesHaveFiveFields() {
        assertGood(BackupConfig.BACKUP_SCHEDULE, "*/5 1-3,9 * JAN MON");
        for (String bad : List.of("", "0 0 * *", "0 0 * * * *", "0 0 * * ;", "@daily")) {
            assertBad(BackupConfig.BACKUP_SCHEDULE, bad);
        }
    }

    @Test
    void pathsAreNotEmptyAndHaveNoControlCharacters() {
        assertGood(NodeConfig.DATA_DIR, "/var/lib/kvs with space");
        for (String bad : List.of("", "  ", "a\u0000b", "a\nb", "a".repeat(4_097))) {
            assertBad(NodeConfig.DATA_DIR, bad);
        }
    }

    private static void assertGood(ConfigKey<?> key, String text) {
        assertThat(key.type().parse(new RawValue.Scalar(text))).as(text).isInstanceOf(Parsed.Good.class);
    }

    private static void assertBad(ConfigKey<?> key, String text) {
        assertThat(key.type().parse(new RawValue.Scalar(text))).as(text).isInstanceOf(Parsed.Bad.class);
    }
}
