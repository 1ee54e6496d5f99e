package dev.kvs.http;

import java.time.Duration;

/** The settings of a door whose limits are those of {@link Door#settings()} but for the ones named. */
final class DoorLimits {
    private int jsonBytes;
    private int batchBytes;
    private long bodyMemory;
    private int connections;
    private int requests;
    private Duration idle;
    private Duration request;
    private Duration drain;

    DoorLimits() {
        DoorSettings usual = Door.settings();
        jsonBytes = usual.maxJsonBytes();
        batchBytes = usual.maxBatchBytes();
        bodyMemory = usual.maxBodyMemory();
        connections = usual.maxConnections();
        requests = usual.maxConcurrentRequests();
        idle = usual.idleTimeout();
        request = usual.requestTimeout();
        drain = usual.drainTimeout();
    }

    /** Largest bodies, and what all of them may hold together. */
    DoorLimits bodies(int largest, long together) {
        jsonBytes = largest;
        batchBytes = largest;
        bodyMemory = together;
        return this;
    }

    DoorLimits connections(int most) {
        connections = most;
        return this;
    }

    /** How many are answered at a time. */
    DoorLimits requests(int most) {
        requests = most;
        return this;
    }

    DoorLimits patience(Duration idleTimeout, Duration requestTimeout) {
        idle = idleTimeout;
        request = requestTimeout;
        return this;
    }

    DoorLimits drain(Duration timeout) {
        drain = timeout;
        return this;
    }

    DoorSettings settings() {
        DoorSettings usual = Door.settings();
        return new DoorSettings(
                usual.bindAddress(),
                usual.port(),
                jsonBytes,
                batchBytes,
                usual.maxBatchOperations(),
                bodyMemory,
                usual.maxHeaderBytes(),
                usual.maxTargetBytes(),
                connections,
                requests,
                usual.maxWatchers(),
                idle,
                request,
                drain,
                usual.rawByDefault(),
                usual.tls());
    }
}
