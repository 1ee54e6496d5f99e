package dev.kvs.boot.config;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
    /** A memtable smaller than this many largest batches would be full after a handful of writes. */
    private static final int BATCHES_PER_MEMTABLE = 2;

    private static final List<CrossCheck> GENERAL = List.of(
            new CrossCheck(
                    ClusterConfig.GOSSIP_INTERVAL_MIN,
                    ClusterConfig.GOSSIP_INTERVAL_MAX,
                    s -> s.get(ClusterConfig.GOSSIP_INTERVAL_MIN).compareTo(s.get(ClusterConfig.GOSSIP_INTERVAL_MAX))
                            <= 0,
                    "is longer than gossip_interval_max",
                    "lower gossip_interval_min or raise gossip_interval_max"),
            new CrossCheck(
                    ApiConfig.BATCH_MAX_BYTES,
                    HttpConfig.MAX_JSON_SIZE,
                    s -> s.get(ApiConfig.BATCH_MAX_BYTES) >= s.get(HttpConfig.MAX_JSON_SIZE),
                    "is less than max_json_size",
                    "raise batch_max_bytes or lower max_json_size"),
            new CrossCheck(
                    HttpConfig.MAX_BODY_MEMORY,
                    ApiConfig.BATCH_MAX_BYTES,
                    s -> s.get(HttpConfig.MAX_BODY_MEMORY) >= s.get(ApiConfig.BATCH_MAX_BYTES),
                    "is less than batch_max_bytes",
                    "raise max_body_memory or lower batch_max_bytes"),
            new CrossCheck(
                    StorageConfig.MEMTABLE_MAX_BYTES,
                    ApiConfig.BATCH_MAX_BYTES,
                    s -> s.get(StorageConfig.MEMTABLE_MAX_BYTES)
                            >= BATCHES_PER_MEMTABLE * s.get(ApiConfig.BATCH_MAX_BYTES),
                    "is less than " + BATCHES_PER_MEMTABLE + " times batch_max_bytes",
                    "raise memtable_max_bytes or lower batch_max_bytes"),
            new CrossCheck(
                    ClusterConfig.FAILURE_TIMEOUT,
                    ClusterConfig.REMOVAL_TIMEOUT,
                    s -> s.get(ClusterConfig.FAILURE_TIMEOUT).compareTo(s.get(ClusterConfig.REMOVAL_TIMEOUT)) <= 0,
                    "is longer than removal_timeout",
                    "lower failure_timeout or raise removal_timeout"),
            new CrossCheck(
                    SecurityConfig.CLUSTER_SECRET,
                    HttpConfig.BIND_ADDRESS,
                    s -> !s.get(SecurityConfig.CLUSTER_SECRET).isEmpty()
                            || !s.get(ClusterConfig.CLUSTERING_ENABLED)
                            || isLoopback(s.get(HttpConfig.BIND_ADDRESS)),
                    "is empty while bind_address lets other machines in",
                    "set the same secret on every member (openssl rand -hex 32), set bind_address to 127.0.0.1, or set"
                            + " clustering_enabled to false"));

    static final List<CrossCheck> ALL =
            Stream.concat(GENERAL.stream(), TlsConfig.checks().stream()).toList();

    private static boolean isLoopback(String address) {
        return address.startsWith("127.")
                || address.equals("::1")
                || address.equals("[::1]")
                || address.equals("localhost");
    }
}
