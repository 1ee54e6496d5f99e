package dev.kvs.boot;

import dev.kvs.audit.EventKind;
import dev.kvs.audit.Refusals;
import dev.kvs.boot.config.NodeConfig;
import dev.kvs.boot.config.SecurityConfig;
import dev.kvs.http.Guards;
import dev.kvs.platform.Randomness;
import dev.kvs.platform.SystemScheduler;
import dev.kvs.platform.Time;
import dev.kvs.replication.AccessRecords;
import dev.kvs.replication.SystemKeyspace;
import dev.kvs.replication.audit.AuditTrail;
import dev.kvs.security.AccessControl;
import dev.kvs.security.Caller;
import dev.kvs.security.LoginBrake;
import dev.kvs.security.PageTokens;
import dev.kvs.security.RateLimits;
import dev.kvs.security.SecuritySettings;
import dev.kvs.security.Tokens;
import dev.kvs.wire.ClusterBootstrap;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.Paths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What guards the node's door, as the configuration wants it: users and tokens, and how often one may ask. */
final class Watchmen {
    private static final Logger LOG = LoggerFactory.getLogger(Watchmen.class);

    /** Where root's token is, in the data directory. */
    static final String ROOT_TOKEN = "root.token";

    private static final Duration USER_WINDOW = Duration.ofSeconds(1);

    /** Half of the token's life. */
    private static final long RENEWAL_MILLIS = 12 * 3_600_000L;

    private final NodeConfig config;
    private final Optional<AuditTrail> audit;
    private final SecuritySettings settings;
    private final Optional<AccessControl> access;
    private final Path rootToken;
    private final Time time;
    private final Randomness randomness;

    private Watchmen(
            NodeConfig config,
            Optional<AuditTrail> audit,
            SecuritySettings settings,
            Optional<AccessControl> access,
            Time time,
            Randomness randomness) {
        this.config = config;
        this.audit = audit;
        this.settings = settings;
        this.access = access;
        this.rootToken = config.dataDir().resolve(ROOT_TOKEN);
        this.time = time;
        this.randomness = randomness;
    }

    /** Reads what the system keyspace knows of users. */
    static Watchmen of(
            NodeConfig config, SystemKeyspace system, Optional<AuditTrail> audit, Time time, Randomness randomness)
            throws StartException {
        SecuritySettings settings = settings(config, randomness);
        Optional<AccessControl> access = config.security().authEnabled()
                ? Optional.of(new AccessControl(
                        settings,
                        new AccessRecords(system, time),
                        (caller, what, detail) ->
                                audit.ifPresent(trail -> trail.record(kind(what), caller.name(), what + " " + detail)),
                        time,
                        randomness))
                : Optional.empty();
        return new Watchmen(config, audit, settings, access, time, randomness);
    }

    /** Settings of a node; a node without a cluster secret gets a secret of its own. */
    static SecuritySettings settings(NodeConfig config, Randomness randomness) throws StartException {
        SecurityConfig security = config.security();
        byte[] previousSecret = ClusterSecret.bytes(security.clusterSecretPrevious());
        return new SecuritySettings(
                ClusterSecret.credentials(config).clusterId(),
                NodeSecret.of(config, System.getenv(), randomness),
                previousSecret,
                ClusterSecret.idOf(previousSecret),
                security.allowAnonymousRead(),
                security.allowAnonymousWrite(),
                security.defaultPermissions(),
                security.tokenTtl().toMillis(),
                Tokens.LIFE_MAX,
                config.storage().maxClockSkew().toMillis());
    }

    /** What the door asks. */
    Guards guards() {
        SecurityConfig security = config.security();
        Optional<Guards.Limits> limits = security.rateLimitingEnabled()
                ? Optional.of(new Guards.Limits(
                        new RateLimits(security.rateLimitRequests(), security.rateLimitWindow(), time),
                        new RateLimits(security.rateLimitUserRequests(), USER_WINDOW, time),
                        new LoginBrake(time)))
                : Optional.empty();
        return new Guards(
                access,
                limits,
                new PageTokens(settings, randomness),
                this::refused,
                access.map(_ -> new Guards.TokenFile(rootToken.toString(), this::readRootToken)),
                this::bootstrap);
    }

    private static EventKind kind(String what) {
        return switch (what.substring(0, what.indexOf('.'))) {
            case "user" -> EventKind.USER;
            case "group" -> EventKind.GROUP;
            case "token" -> EventKind.TOKEN;
            case "login" -> EventKind.LOGIN;
            default -> EventKind.POLICY;
        };
    }

    private void refused(String actor, String address, String what, ErrorCode why) {
        boolean login = what.endsWith(Paths.LOGIN) && why == ErrorCode.UNAUTHORIZED;
        EventKind kind = login ? EventKind.LOGIN_FAILED : EventKind.REFUSED;
        audit.ifPresent(trail -> trail.count(new Refusals.What(kind, address, actor, what + ": " + why.code())));
    }

    private ClusterBootstrap bootstrap(Caller caller) {
        audit.ifPresent(trail -> trail.record(EventKind.SECRET, caller.name(), "the cluster's secret"));
        return new ClusterBootstrap(
                settings.clusterId(),
                config.security().clusterSecret(),
                config.cluster().seedNodes(),
                config.cluster().mode().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                config.cluster()
                        .conflictPolicy()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'));
    }

    /**
     * Writes root's token where its owner finds it, when the data directory is new, and renews it for as long as the file is
     * there; without access control there is nothing to write. Close the result to stop.
     */
    AutoCloseable keepRootToken(boolean fresh) throws StartException {
        SystemScheduler scheduler = new SystemScheduler();
        if (access.isPresent() && (fresh || Files.exists(rootToken))) {
            writeRootToken();
            renewLater(scheduler);
        }
        return scheduler;
    }

    private void writeRootToken() throws StartException {
        NodeSecret.write(config.dataDir(), ROOT_TOKEN, AccessControl.rootToken(settings, time, randomness));
    }

    private Optional<String> readRootToken() {
        try {
            String token =
                    Files.readString(rootToken, StandardCharsets.US_ASCII).strip();
            return token.isEmpty() ? Optional.empty() : Optional.of(token);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private void renewLater(SystemScheduler scheduler) {
        scheduler.after(RENEWAL_MILLIS, () -> {
            try {
                if (Files.exists(rootToken)) {
                    writeRootToken();
                }
            } catch (StartException e) {
                LOG.warn("{}", e.getMessage());
            }
            renewLater(scheduler);
        });
    }
}
