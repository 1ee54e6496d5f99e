package dev.kvs.ctl.command;

import dev.kvs.client.KvsClient;
import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.AuditReport;
import dev.kvs.wire.Comparison;
import dev.kvs.wire.ConfigReport;
import dev.kvs.wire.Convergence;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.HealthReport;
import dev.kvs.wire.MemberInfo;
import dev.kvs.wire.WhoAmI;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks each server whatever could be wrong, and says what to do about what is. */
final class Checkup {
    /** Clocks that far apart order writes of one second wrongly, and a time service keeps them a hundred times closer. */
    private static final long CLOCK_AHEAD_MS_MAX = 500;

    /** Sooner than that, somebody should look after a new token; a login gives one for an hour. */
    private static final Duration TOKEN_LEFT_MIN = Duration.ofMinutes(10);

    /** Emptier tables give back more than they keep. */
    private static final double FILL_PERCENT_MIN = 40;

    /** Less than that is not worth a compaction. */
    private static final double TABLES_BYTES_MIN = 256 << 20;

    private final Session session;
    private final List<Result> results = new ArrayList<>();
    private final Map<URI, ConfigReport> configs = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final TreeSet<String> visited = new TreeSet<>();
    private final TreeSet<String> members = new TreeSet<>();

    Checkup(Session session) {
        this.session = session;
    }

    /**
     * What one check found.
     *
     * @param status {@code ok}, {@code finding}, or {@code skipped} for what could not be looked at
     * @param fix a command, or what to do where none can
     */
    record Result(
            String check,
            String server,
            String status,
            @Nullable String detail,
            @Nullable String fix) {
        boolean isFinding() {
            return status.equals("finding");
        }
    }

    /** Looks at everything. */
    List<Result> run() {
        List<URI> servers = session.settings().servers();
        servers.forEach(this::server);
        together(servers);
        return results;
    }

    /** How many servers answered. */
    int reached() {
        return visited.size();
    }

    private void ok(String check, Object server, @Nullable String detail) {
        results.add(new Result(check, server.toString(), "ok", detail, null));
    }

    private void finding(String check, Object server, String detail, String fix) {
        results.add(new Result(check, server.toString(), "finding", detail, fix));
    }

    private void server(URI server) {
        try (KvsClient client = session.client(server)) {
            HealthReport report = client.health();
            visited.add(report.nodeId());
            versions.put(report.nodeId(), report.version());
            ok("reachable", server, report.nodeId());
            encrypted(server);
            well(server, report);
            look("auth", server, () -> auth(server, client));
            look("members", server, () -> members(server, client.members()));
            look("divergence", server, () -> divergence(server, client.convergence()));
            look("disk", server, () -> disk(server, client.metrics()));
            look("configuration", server, () -> configs.put(server, client.config()));
            look("audit", server, () -> audit(server, client.verifyAudit()));
        } catch (KvsClientException e) {
            unreached(server, e);
        }
    }

    private void unreached(URI server, KvsClientException thrown) {
        String detail = Refusals.of(thrown).detail();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                finding(
                        "tls",
                        server,
                        detail,
                        "kvsctl doctor -s " + server
                                + " --cacert FILE, with the authority that signed its certificate");
                return;
            }
        }
        finding("reachable", server, detail, "kvs-server/bin/kvs on that machine, or another address with -s");
    }

    /** One check. What this user may not look at is no finding. */
    private void look(String check, URI server, Runnable look) {
        try {
            look.run();
        } catch (KvsClientException.Refused refused) {
            Failure failure = Refusals.of(refused);
            String status = switch (failure.exit()) {
                case NOT_ALLOWED, SERVER_ERROR -> "skipped";
                default -> "finding";
            };
            results.add(new Result(
                    check,
                    server.toString(),
                    status,
                    failure.detail(),
                    "kvsctl help security, for who may look at this"));
        } catch (KvsClientException e) {
            unreached(server, e);
        }
    }

    private void encrypted(URI server) {
        if (server.getScheme().equals("https")) {
            ok("tls", server, "the certificate is trusted");
        } else if (!isHere(server)) {
            finding(
                    "tls",
                    server,
                    "tokens and documents travel unencrypted to another machine",
                    "kvsctl context set NAME -s https://" + server.getAuthority()
                            + " --cacert FILE, once the node speaks TLS");
        }
    }

    private static boolean isHere(URI server) {
        try {
            return InetAddress.getByName(server.getHost()).isLoopbackAddress();
        } catch (UnknownHostException nowhere) {
            return false;
        }
    }

    private void well(URI server, HealthReport report) {
        for (HealthReport.CheckResult check : report.checks()) {
            if (!check.status().equals(HealthReport.OK)) {
                String detail = check.detail() == null ? "is down" : check.detail();
                finding(check.name(), server, detail, "kvsctl status -s " + server + " -o json, and the node's log");
            }
        }
        switch (report.mode()) {
            case "normal" -> ok("mode", server, "takes writes");
            case "syncing" ->
                finding("mode", server, "is still loading what it missed", "kvsctl wait --converged -s " + server);
            default -> finding("mode", server, "refuses writes", "kvsctl mode set normal -s " + server);
        }
    }

    private void auth(URI server, KvsClient client) {
        boolean own = Credentials.token(session.settings(), session.output().streams()) != null;
        try {
            WhoAmI me = client.access().whoAmI();
            Duration left = Duration.between(Instant.now(), Instant.ofEpochMilli(me.expiresAt()));
            if (own && left.compareTo(TOKEN_LEFT_MIN) < 0) {
                finding(
                        "auth",
                        server,
                        "the token of " + me.user() + " expires in " + left.toMinutes() + " min",
                        "kvsctl login " + me.user() + " -s " + server);
            } else {
                ok("auth", server, me.user());
            }
        } catch (KvsClientException.Refused refused) {
            if (!refused.is(ErrorCode.UNAUTHORIZED)) {
                throw refused;
            }
            finding(
                    "auth",
                    server,
                    own ? "the token is not valid, or has expired" : "there is no token for this server",
                    "kvsctl login USER -s " + server);
        }
    }

    private void members(URI server, List<MemberInfo> seen) {
        for (MemberInfo member : seen) {
            versions.putIfAbsent(member.id(), member.version());
            if (member.state().equals(MemberInfo.ALIVE)) {
                members.add(member.id());
            } else if (!member.state().equals(MemberInfo.LEFT)) {
                finding(
                        "members",
                        server,
                        member.id() + " at " + member.address() + " is " + member.state(),
                        "kvs-server/bin/kvs on that machine, then kvsctl wait --converged -s " + server);
            }
        }
    }

    private void divergence(URI server, Convergence seen) {
        int before = results.size();
        Long ahead = seen.clockAheadMs();
        if (ahead != null && Math.abs(ahead) > CLOCK_AHEAD_MS_MAX) {
            String way = ahead > 0 ? " ahead" : " behind";
            finding(
                    "clock",
                    server,
                    "its clock is " + Math.abs(ahead) + " ms" + way,
                    "chronyc makestep on that machine");
        } else {
            ok("clock", server, null);
        }
        for (Convergence.Peer peer : seen.peers()) {
            Comparison compared = peer.comparison();
            if (compared.lasting() > 0 || compared.result().equals(Comparison.FAILED)) {
                String detail = compared.lasting() > 0
                        ? compared.lasting() + " keys stay different from " + peer.id()
                        : "the comparison with " + peer.id() + " failed: " + compared.error();
                finding("divergence", server, detail, "kvsctl sync now -s " + server);
            }
        }
        int open = seen.openConflicts() + seen.openSystemConflicts();
        if (open > 0) {
            finding(
                    "conflicts",
                    server,
                    open == 1 ? "a conflict is open" : open + " conflicts are open",
                    "kvsctl conflict list -s " + server);
        }
        if (seen.quarantined() > 0) {
            finding(
                    "quarantine",
                    server,
                    seen.quarantined() + " versions came back after their deletion was forgotten",
                    "kvsctl sync status -s " + server + " -o json, and put again what should live");
        }
        if (results.size() == before + 1) {
            ok("divergence", server, null);
        }
    }

    private void disk(URI server, String metrics) {
        double fill = gauge(metrics, "kvs_tables_fill_percent");
        if (gauge(metrics, "kvs_tables_bytes") > TABLES_BYTES_MIN && fill < FILL_PERCENT_MIN) {
            finding("disk", server, "only " + fill + " % of its tables are in use", "kvsctl compact -s " + server);
        } else {
            ok("disk", server, null);
        }
    }

    /** The first sample of a metric; NaN, which compares with nothing, when there is none. */
    private static double gauge(String metrics, String name) {
        Matcher sample =
                Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)").matcher(metrics);
        return sample.find() ? Double.parseDouble(sample.group(1)) : Double.NaN;
    }

    private void audit(URI server, AuditReport report) {
        if (report.ok()) {
            ok("audit", server, report.entries() + " entries");
        } else {
            finding("audit", server, "the audit log was changed", "kvsctl audit verify -s " + server);
        }
    }

    /** What can only be said of several. */
    private void together(List<URI> servers) {
        String all = servers.stream().map(URI::toString).collect(Collectors.joining(","));
        if (versions.values().stream().distinct().count() > 1) {
            finding(
                    "version",
                    all,
                    "the versions differ: " + versions,
                    "install the newest on all, one after the other");
        } else if (!versions.isEmpty()) {
            ok("version", all, versions.values().iterator().next());
        }
        List<String> drift = ConfigReport.differing(configs.values(), false);
        if (!drift.isEmpty()) {
            finding("configuration", all, "differs in " + String.join(", ", drift), "kvsctl config diff -s " + all);
        } else if (!configs.isEmpty()) {
            ok("configuration", all, null);
        }
        members.removeAll(visited);
        if (!members.isEmpty()) {
            String detail = "not looked at, because --server does not name them: " + String.join(", ", members);
            results.add(new Result("members", all, "skipped", detail, "kvsctl doctor -s " + all + ",URL"));
        }
    }
}
