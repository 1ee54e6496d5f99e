package dev.kvs.boot.config;

import java.time.Duration;
import java.util.List;

/**
 * How nodes find and follow each other.
 *
 * @param seedNodes {@code host:port} of members to ask first
 * @param advertiseAddress {@code host:port} at which others reach this node; empty for bind_address and port
 * @param probeInterval pause between looks at whether a member is alive
 * @param failureTimeout a member silent for so long has failed, whatever the probes say
 * @param removalTimeout a member silent for so long is taken off the list
 * @param gossipIntervalMin shortest pause between gossip rounds; each pause is drawn between the two bounds
 * @param gossipIntervalMax longest pause between gossip rounds
 * @param syncInterval pause between comparisons of the Merkle trees
 * @param catchupInterval pause between attempts to fetch what is known to be missing
 * @param bootstrapMaxAge values younger than this are fetched first
 * @param throttleDelay pause between batches sent
 * @param fetchDelay pause between batches fetched
 * @param conflictSeeding whether clients may make conflicts on purpose
 */
public record ClusterConfig(
        boolean enabled,
        Mode mode,
        ConflictPolicy conflictPolicy,
        List<String> seedNodes,
        String advertiseAddress,
        Duration probeInterval,
        Duration failureTimeout,
        Duration removalTimeout,
        Duration gossipIntervalMin,
        Duration gossipIntervalMax,
        Duration syncInterval,
        Duration catchupInterval,
        Duration bootstrapMaxAge,
        Duration throttleDelay,
        Duration fetchDelay,
        boolean conflictSeeding) {
    /** Where a key lives and when a write is acknowledged. */
    public enum Mode {
        GOSSIP,
        RING,
        SLOTS
    }

    /** Who wins among concurrent writes with the same timestamp. */
    public enum ConflictPolicy {
        OLDEST_NODE,
        MAJORITY_VOTE
    }

    private static final Span PAUSE = new Span(Duration.ofSeconds(1), Duration.ofDays(1));
    private static final WholeNumber BATCH_PAUSE = new WholeNumber(0, 60_000, "milliseconds");

    static final ConfigKey<Boolean> CLUSTERING_ENABLED =
            ConfigKey.of("clustering_enabled", Topic.CLUSTER, new Flag(), true, "Talk to other nodes.");
    static final ConfigKey<Mode> CLUSTER_MODE = ConfigKey.of(
                    "cluster_mode",
                    Topic.CLUSTER,
                    new Choice<>(List.of(Mode.values())),
                    Mode.GOSSIP,
                    "Where a key lives: on every node (gossip), on N of them (ring), or with one ordered writer"
                            + " (slots).")
            .notYetActive();
    static final ConfigKey<ConflictPolicy> CONFLICT_POLICY = ConfigKey.of(
            "conflict_policy",
            Topic.CLUSTER,
            new Choice<>(List.of(ConflictPolicy.values())),
            ConflictPolicy.OLDEST_NODE,
            "Who wins when two nodes write the same key at the same moment; the same on every member.");
    static final ConfigKey<List<String>> SEED_NODES = ConfigKey.of(
            "seed_nodes",
            Topic.CLUSTER,
            new TextList(100, Forms.hostAndPort()),
            List.of(),
            "Members to ask first when joining; empty to found a cluster.");
    static final ConfigKey<String> ADVERTISE_ADDRESS = ConfigKey.of(
            "advertise_address",
            Topic.CLUSTER,
            Forms.optionalHostAndPort(),
            "",
            "Where other members reach this node, when that is not bind_address and port.");
    static final ConfigKey<Long> PROBE_INTERVAL_MS = ConfigKey.of(
            "probe_interval_ms",
            Topic.CLUSTER,
            new WholeNumber(100, 60_000, "milliseconds"),
            1_000L,
            "Pause between looks at whether a member is alive; a dead one is known after a few of them.");
    static final ConfigKey<Duration> FAILURE_TIMEOUT = ConfigKey.of(
            "failure_timeout",
            Topic.CLUSTER,
            PAUSE,
            Duration.ofMinutes(5),
            "A member silent for so long has failed, whatever the probes say.");
    static final ConfigKey<Duration> REMOVAL_TIMEOUT = ConfigKey.of(
            "removal_timeout",
            Topic.CLUSTER,
            PAUSE,
            Duration.ofMinutes(10),
            "A member silent for so long is taken off the list; what it knows stays known.");
    static final ConfigKey<Duration> GOSSIP_INTERVAL_MIN = ConfigKey.of(
            "gossip_interval_min",
            Topic.CLUSTER,
            PAUSE,
            Duration.ofMinutes(1),
            "Shortest pause between gossip rounds; each pause is drawn at random so that nodes do not march in"
                    + " step.");
    static final ConfigKey<Duration> GOSSIP_INTERVAL_MAX = ConfigKey.of(
            "gossip_interval_max",
            Topic.CLUSTER,
            PAUSE,
            Duration.ofMinutes(2),
            "Longest pause between gossip rounds; a member silent for five minutes counts as failed.");
    static final ConfigKey<Duration> SYNC_INTERVAL = ConfigKey.of(
            "sync_interval",
            Topic.CLUSTER,
            PAUSE,
            Duration.ofMinutes(5),
            "Pause between comparisons with a peer, which find what the normal flow of writes has missed.");
    static final ConfigKey<Duration> CATCHUP_INTERVAL = ConfigKey.of(
            "catchup_interval",
            Topic.CLUSTER,
            PAUSE,
            Duration.ofMinutes(2),
            "Pause between attempts to fetch what is known to be missing.");
    static final ConfigKey<Long> BOOTSTRAP_MAX_AGE_HOURS = ConfigKey.of(
            "bootstrap_max_age_hours",
            Topic.CLUSTER,
            new WholeNumber(0, 87_600, "hours"),
            720L,
            "A joining node fetches values younger than this first; older ones follow, nothing is left out.");
    static final ConfigKey<Long> THROTTLE_DELAY_MS = ConfigKey.of(
            "throttle_delay_ms",
            Topic.CLUSTER,
            BATCH_PAUSE,
            100L,
            "Pause between batches sent to a joining node, which leaves room for clients.");
    static final ConfigKey<Long> FETCH_DELAY_MS = ConfigKey.of(
            "fetch_delay_ms", Topic.CLUSTER, BATCH_PAUSE, 50L, "Pause between batches fetched when catching up.");

    static final ConfigKey<Boolean> CONFLICT_SEEDING_ENABLED = ConfigKey.of(
            "conflict_seeding_enabled",
            Topic.CLUSTER,
            new Flag(),
            false,
            "Let administrators make conflicts on purpose (POST /conflicts/_seed, kvsctl conflict seed).");

    static final List<ConfigKey<?>> KEYS = List.of(
            CLUSTERING_ENABLED,
            CLUSTER_MODE,
            CONFLICT_POLICY,
            SEED_NODES,
            ADVERTISE_ADDRESS,
            PROBE_INTERVAL_MS,
            FAILURE_TIMEOUT,
            REMOVAL_TIMEOUT,
            GOSSIP_INTERVAL_MIN,
            GOSSIP_INTERVAL_MAX,
            SYNC_INTERVAL,
            CATCHUP_INTERVAL,
            BOOTSTRAP_MAX_AGE_HOURS,
            THROTTLE_DELAY_MS,
            FETCH_DELAY_MS,
            CONFLICT_SEEDING_ENABLED);

    static ClusterConfig from(Settings settings) {
        return new ClusterConfig(
                settings.get(CLUSTERING_ENABLED),
                settings.get(CLUSTER_MODE),
                settings.get(CONFLICT_POLICY),
                settings.get(SEED_NODES),
                settings.get(ADVERTISE_ADDRESS),
                settings.millisOf(PROBE_INTERVAL_MS),
                settings.get(FAILURE_TIMEOUT),
                settings.get(REMOVAL_TIMEOUT),
                settings.get(GOSSIP_INTERVAL_MIN),
                settings.get(GOSSIP_INTERVAL_MAX),
                settings.get(SYNC_INTERVAL),
                settings.get(CATCHUP_INTERVAL),
                settings.hoursOf(BOOTSTRAP_MAX_AGE_HOURS),
                settings.millisOf(THROTTLE_DELAY_MS),
                settings.millisOf(FETCH_DELAY_MS),
                settings.get(CONFLICT_SEEDING_ENABLED));
    }
}
