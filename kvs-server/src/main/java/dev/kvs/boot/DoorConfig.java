package dev.kvs.boot;

import dev.kvs.boot.config.ApiConfig;
import dev.kvs.boot.config.HttpConfig;
import dev.kvs.boot.config.NodeConfig;
import dev.kvs.http.DoorSettings;
import dev.kvs.http.DoorTls;
import java.util.Optional;

/** The configuration in the words of the door, which does not know this floor. */
final class DoorConfig {
    private DoorConfig() {}

    static DoorSettings of(NodeConfig config, Optional<DoorTls> tls) {
        HttpConfig http = config.http();
        ApiConfig api = config.api();
        return new DoorSettings(
                http.bindAddress(),
                http.port(),
                http.maxJsonSize(),
                api.batchMaxBytes(),
                api.batchMaxOperations(),
                http.maxBodyMemory(),
                http.maxHeaderSize(),
                http.maxUrlLength(),
                http.maxConnections(),
                http.maxConcurrentRequests(),
                http.maxWatchers(),
                http.idleTimeout(),
                http.requestTimeout(),
                http.shutdownGrace(),
                api.responseFormat() == ApiConfig.ResponseFormat.RAW,
                tls);
    }
}
