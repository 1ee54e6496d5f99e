package dev.kvs.membership;

import java.util.List;

/**
 * The knobs of membership. All times in milliseconds.
 *
 * @param seeds {@code host:port} of members to ask first, at most 100; the node's own address among them does no harm; tried
 *     for ever while nobody alive is known there
 * @param gossipMinMillis shortest pause between exchanges of the whole list
 * @param gossipMaxMillis longest; each pause is drawn between the two
 * @param probeIntervalMillis pause between probes. Halving it halves the time to find a failure and doubles the probes; from
 *     100 ms, because a probe has half the interval to come back
 * @param failureMillis a member silent for so long has failed, whatever the fast detector thinks
 * @param removalMillis a failed member silent for so long, or one that left so long ago, is taken off the list
 */
public record MembershipSettings(
        List<String> seeds,
        long gossipMinMillis,
        long gossipMaxMillis,
        long probeIntervalMillis,
        long failureMillis,
        long removalMillis) {
    static final int SEEDS_MAX = 100;
    private static final long PROBE_INTERVAL_MIN = 100;
    private static final long PROBE_INTERVAL_MAX = 60_000;

    /** Throws {@link IllegalArgumentException} that names the setting and its bounds. */
    public MembershipSettings {
        seeds = List.copyOf(seeds);
        require(seeds.size() <= SEEDS_MAX && seeds.stream().allMatch(Address::isValid), "at most 100 seeds, host:port");
        require(gossipMinMillis >= 1 && gossipMinMillis <= gossipMaxMillis, "gossip pauses from 1 ms, min <= max");
        require(
                probeIntervalMillis >= PROBE_INTERVAL_MIN && probeIntervalMillis <= PROBE_INTERVAL_MAX,
                "probe interval from 100 ms to 1 min");
        require(failureMillis >= 10 * probeIntervalMillis, "failure timeout from 10 probe intervals");
        require(removalMillis >= failureMillis, "removal timeout from the failure timeout");
    }

    /** Gossip every 1 to 2 minutes, probes every second, failed after 5 minutes of silence, removed after 10. */
    public static MembershipSettings defaults(List<String> seeds) {
        return new MembershipSettings(seeds, 60_000, 120_000, 1_000, 300_000, 600_000);
    }

    private static void require(boolean holds, String bounds) {
        if (!holds) {
            throw new IllegalArgumentException("membership needs " + bounds);
        }
    }
}
