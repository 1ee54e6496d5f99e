package dev.kvs.http;

import dev.kvs.platform.SystemRandomness;
import dev.kvs.platform.SystemTime;
import dev.kvs.replication.AccessRecords;
import dev.kvs.replication.SystemKeyspace;
import dev.kvs.security.AccessControl;
import dev.kvs.security.LoginBrake;
import dev.kvs.security.PageTokens;
import dev.kvs.security.RateLimits;
import dev.kvs.security.SecuritySettings;
import dev.kvs.wire.ClusterBootstrap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Access control for a door of the tests, with what it told the audit log. */
final class Keepers {
    static final int STRANGERS_MAX = 1_000_000;

    static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static final int HOUR = 3_600_000;

    private Keepers() {}

    static SecuritySettings settings(boolean anonymous) {
        return settings("cluster", SECRET, anonymous);
    }

    static SecuritySettings settings(String clusterId, String secret, boolean anonymous) {
        return new SecuritySettings(
                clusterId,
                secret.getBytes(StandardCharsets.US_ASCII),
                new byte[0],
                "",
                anonymous,
                anonymous,
                0xF30,
                HOUR,
                100L * 24 * HOUR,
                1_000);
    }

    /** A guarded door. */
    static Guards over(SystemKeyspace system, boolean anonymous, int strangersMax, Guards.Refusals refusals) {
        SystemTime time = new SystemTime();
        SystemRandomness randomness = new SystemRandomness();
        AccessControl access = new AccessControl(
                settings(anonymous), new AccessRecords(system, time), (caller, what, detail) -> {}, time, randomness);
        Guards.Limits limits = new Guards.Limits(
                new RateLimits(strangersMax, Duration.ofMinutes(1), time),
                new RateLimits(STRANGERS_MAX, Duration.ofSeconds(1), time),
                new LoginBrake(time));
        return new Guards(
                Optional.of(access),
                Optional.of(limits),
                new PageTokens(settings(anonymous), randomness),
                refusals,
                Optional.of(new Guards.TokenFile("/var/lib/kvs/root.token", () -> Optional.of(rootToken()))),
                _ -> new ClusterBootstrap("cluster", SECRET, List.of("a:1"), "gossip", "oldest-node"));
    }

    /** A token of root's. */
    static String rootToken() {
        return AccessControl.rootToken(settings(false), new SystemTime(), new SystemRandomness());
    }
}
