package dev.kvs.boot.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * A rule between keys. Checked only when each of its keys is fine by itself, so that one mistake gives one problem.
 *
 * @param key the key the report names
 * @param other the key it must agree with
 * @param holds whether they agree
 * @param what the end of a sentence that begins with the value
 * @param fix what to do
 */
record CrossCheck(ConfigKey<?> key, ConfigKey<?> other, Predicate<Settings> holds, String what, String fix) {
    /** A memtable smaller than this many largest documents would be full after a handful of writes. */
    private static final int DOCUMENTS_PER_MEMTABLE = 4;

    static final List<CrossCheck> ALL = List.of(
            new CrossCheck(
                    ClusterConfig.GOSSIP_INTERVAL_MIN,
                    ClusterConfig.GOSSIP_INTERVAL_MAX,
                    s -> atMost(s.get(ClusterConfig.GOSSIP_INTERVAL_MIN), s.get(ClusterConfig.GOSSIP_INTERVAL_MAX)),
                    "is longer than gossip_interval_max",
                    "lower gossip_interval_min or raise gossip_interval_max"),
            new CrossCheck(
                    StorageConfig.MEMTABLE_MAX_BYTES,
                    HttpConfig.MAX_JSON_SIZE,
                    s -> s.get(StorageConfig.MEMTABLE_MAX_BYTES)
                            >= DOCUMENTS_PER_MEMTABLE * s.get(HttpConfig.MAX_JSON_SIZE),
                    "is less than " + DOCUMENTS_PER_MEMTABLE + " times max_json_size",
                    "raise memtable_max_bytes or lower max_json_size"),
            new CrossCheck(
                    StorageConfig.WAL_SEGMENT_BYTES,
                    HttpConfig.MAX_JSON_SIZE,
                    s -> s.get(StorageConfig.WAL_SEGMENT_BYTES) >= s.get(HttpConfig.MAX_JSON_SIZE),
                    "is less than max_json_size",
                    "raise wal_segment_bytes or lower max_json_size"),
            needsFile(SecurityConfig.CLUSTER_TLS_CERT_FILE),
            needsFile(SecurityConfig.CLUSTER_TLS_KEY_FILE));

    private static CrossCheck needsFile(ConfigKey<String> file) {
        return new CrossCheck(
                file,
                SecurityConfig.CLUSTER_TLS_ENABLED,
                s -> !s.get(SecurityConfig.CLUSTER_TLS_ENABLED) || !s.get(file).isEmpty(),
                "is empty while cluster_tls_enabled is true",
                "name the PEM file, or set cluster_tls_enabled to false");
    }

    private static boolean atMost(Duration shorter, Duration longer) {
        return shorter.compareTo(longer) <= 0;
    }
}
