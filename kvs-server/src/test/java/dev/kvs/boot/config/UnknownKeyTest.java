package dev.kvs.boot.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownKeyTest {
    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "Port, port",
        "datadir, data_dir",
        "log-level, log_level",
        "max_jsonsize, max_json_size",
        "gosip_interval_mn, gossip_interval_min",
        "revision_history, revision_history_max",
        "bindaddress, bind_address",
        "seeds_node, seed_nodes"
    })
    void aSlipOfTheKeyboardIsRecognised(String written, String meant) {
        assertThat(UnknownKey.nearest(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"zookeeper", "x", "''", "completely_different_thing"})
    void aStrangerGetsNoSuggestion(String written) {
        assertThat(UnknownKey.nearest(written)).isNull();
    }

    @Test
    void anAbsurdlyLongNameIsNeitherComparedNorRepeated() {
        String name = "p".repeat(1_000_000);
        assertThat(UnknownKey.nearest(name)).isNull();
        assertThat(UnknownKey.problem(name, "here").key()).hasSize(67).endsWith("...");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "a, '', 1",
        "ab, ba, 1",
        "kitten, sitting, 3",
        "ca, abc, 3",
        "port, port, 0",
        "abcd, acbd, 1"
    })
    void distancesAreThoseOfTheLiterature(String a, String b, int expected) {
        assertThat(UnknownKey.distance(a, b)).isEqualTo(expected);
        assertThat(UnknownKey.distance(b, a)).isEqualTo(expected);
    }
}
