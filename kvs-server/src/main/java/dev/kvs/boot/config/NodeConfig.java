package dev.kvs.boot.config;

import dev.kvs.model.NodeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything a node is told, checked and in the program's own types.
 *
 * @param nodeId the node's name
 * @param dataDir where everything durable lives; absolute
 * @param readOnly whether client writes are refused
 * @param tls the files for TLS; empty for plain HTTP
 */
public record NodeConfig(
        NodeId nodeId,
        Path dataDir,
        boolean readOnly,
        HttpConfig http,
        ApiConfig api,
        StorageConfig storage,
        LoggingConfig logging,
        ClusterConfig cluster,
        SecurityConfig security,
        Optional<TlsConfig> tls,
        BackupConfig backup) {
    static final ConfigKey<String> NODE_ID = ConfigKey.of(
            "node_id",
            Topic.NODE,
            Forms.optionalNodeId(),
            "",
            "The node's name in the cluster; empty for the host's name.");
    static final ConfigKey<String> DATA_DIR = ConfigKey.of(
            "data_dir",
            Topic.NODE,
            Forms.path(),
            "./data",
            "Where everything durable lives; a relative path begins at this file's directory.");
    static final ConfigKey<Boolean> READ_ONLY = ConfigKey.of(
            "read_only", Topic.NODE, new Flag(), false, "Refuse client writes with 503 read_only; reads go on.");

    static final List<ConfigKey<?>> KEYS = List.of(NODE_ID, DATA_DIR, READ_ONLY);

    static NodeConfig from(Settings settings) {
        return new NodeConfig(
                new NodeId(settings.get(NODE_ID)),
                settings.pathOf(DATA_DIR),
                settings.get(READ_ONLY),
                HttpConfig.from(settings),
                ApiConfig.from(settings),
                StorageConfig.from(settings),
                LoggingConfig.from(settings),
                ClusterConfig.from(settings),
                SecurityConfig.from(settings),
                TlsConfig.from(settings),
                BackupConfig.from(settings));
    }
}
