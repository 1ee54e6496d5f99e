package dev.kvs.boot;

import dev.kvs.boot.config.LoadedConfig;
import dev.kvs.boot.config.SettingView;
import dev.kvs.http.NodeView;
import dev.kvs.wire.WireJson;
import io.helidon.health.HealthCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the doors tell about this node. */
record NodeStatus(LoadedConfig config, Engine engine) implements NodeView {
    /** One key of {@code GET /admin/config}. */
    private record Shown(Object value, String source, boolean active) {}

    @Override
    public String nodeId() {
        return config.node().nodeId().value();
    }

    @Override
    public String version() {
        return Usage.version();
    }

    @Override
    public int memberCount() {
        return engine.cluster().map(Cluster::memberCount).orElse(1);
    }

    @Override
    public List<HealthCheck> checks() {
        return engine.checks();
    }

    /** {@code {"port":{"value":8080,"source":"default","active":true},...}} in the order of the table. */
    @Override
    public byte[] maskedConfig() {
        Map<String, Shown> shown = new LinkedHashMap<>();
        for (SettingView setting : config.settings()) {
            shown.put(
                    setting.name(), new Shown(setting.value(), setting.source().title(), setting.active()));
        }
        return WireJson.write(shown);
    }

    @Override
    public void compact() {
        engine.compaction().run();
    }
}
