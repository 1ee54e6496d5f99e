package dev.kvs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "alpha, alpha",
        "db-1.example.org, db-1.example.org",
        "'my host', my-host",
        "-x, x",
        "'', node",
        "---, node"
    })
    void aHostNameBecomesANodeId(String hostName, String expected) {
        assertThat(HostName.toNodeId(hostName)).isEqualTo(expected);
    }

    @Test
    void thisMachineHasAName() {
        assertThat(NodeId.isValid(HostName.asNodeId())).isTrue();
        assertThat(NodeId.isValid(HostName.toNodeId("x".repeat(300)))).isTrue();
        assertThat(NodeId.isValid(HostName.toNodeId("\u00e4\u00f6"))).isTrue();
    }
}
