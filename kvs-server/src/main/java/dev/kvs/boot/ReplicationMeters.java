package dev.kvs.boot;

import dev.kvs.audit.AuditEntry;
import dev.kvs.audit.EventKind;
import dev.kvs.http.Meters;
import dev.kvs.model.Conflict;
import dev.kvs.model.Hlc;
import dev.kvs.model.Version;
import dev.kvs.model.VersionOrder;
import dev.kvs.platform.Check;
import dev.kvs.replication.audit.AuditTrail;
import dev.kvs.replication.gossip.ReplicationMetrics;
import dev.kvs.wire.Permissions;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects what replication reports to the node's meters, and conflicts to the log. */
final class ReplicationMeters implements ReplicationMetrics {
    private static final Logger LOG = LoggerFactory.getLogger("dev.kvs.conflicts");
    private static final Logger FAULTS = LoggerFactory.getLogger(ReplicationMetrics.class);

    private final LongAdder pushed = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder heldBack = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final Map<VersionOrder.Rule, LongAdder> opened = new EnumMap<>(VersionOrder.Rule.class);
    private final LongAdder rounds = new LongAdder();
    private final LongAdder differences = new LongAdder();
    private final LongAdder roundBytes = new LongAdder();
    private final LongAdder permissionsLost = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final Optional<AuditTrail> audit;

    ReplicationMeters(Meters meters, Optional<AuditTrail> audit) {
        this.audit = audit;
        meters.counter("kvs_push_versions_total", "Versions that peers have taken from this node.", pushed::sum);
        meters.counter("kvs_received_versions_total", "Versions of other nodes stored here.", received::sum);
        meters.counter("kvs_held_back_versions_total", "Versions that came from too far in the future.", heldBack::sum);
        meters.counter("kvs_conflict_events_total", "Conflicts opened, grown or closed.", conflicts::sum);
        for (VersionOrder.Rule rule : VersionOrder.Rule.values()) {
            LongAdder count = new LongAdder();
            opened.put(rule, count);
            meters.counter(
                    "kvs_conflicts_total",
                    "Conflicts met here, by the rule that decided them.",
                    count::sum,
                    "rule",
                    rule.name().toLowerCase(Locale.ROOT));
        }
        meters.counter(
                "kvs_conflict_permissions_total",
                "Conflicts between versions with different permissions, or about users and policies.",
                permissionsLost::sum);
        meters.counter("kvs_merkle_rounds_total", "Comparisons with peers.", rounds::sum);
        meters.counter("kvs_merkle_differences_total", "Keys found to differ in comparisons.", differences::sum);
        meters.counter(
                "kvs_merkle_bytes_total", "Bodies of comparisons in both directions, without values.", roundBytes::sum);
        meters.counter(
                "kvs_replication_faults_total",
                "Faults of this node's own while it replicated; see its log.",
                faults::sum);
    }

    @Override
    public void pushed(int versions) {
        pushed.add(versions);
    }

    @Override
    public void received(int versions) {
        received.add(versions);
    }

    @Override
    public void heldBack(int versions) {
        heldBack.add(versions);
    }

    @Override
    public void disputed(Conflict conflict) {
        conflicts.increment();
        if (conflict.isOpen() && conflict.times() == 1) {
            Check.present(opened.get(conflict.rule()), "every rule is counted").increment();
        }
        Conflict.Rival winner = conflict.rivals().getFirst();
        Conflict.Rival loser = conflict.rivals().get(1);
        if (conflict.isOpen()) {
            LOG.info(
                    "Conflict on {}: {} of {} at {} wins over {} of {} at {} by {}{}",
                    conflict.key(),
                    winner.uuid(),
                    winner.origin().node(),
                    Hlc.millis(winner.hlc()),
                    loser.uuid(),
                    loser.origin().node(),
                    Hlc.millis(loser.hlc()),
                    conflict.rule(),
                    conflict.key().isSystem() ? "" : "; GET /kv/" + conflict.key() + "/_explain tells more");
        } else {
            LOG.info("Conflict on {} is settled: a later version has seen all rivals", conflict.key());
        }
    }

    @Override
    public void permissionsLost(Version loser, Version winner) {
        permissionsLost.increment();
        String finding = loser.key().isSystem()
                ? "a change of " + loser.key().path() + " has lost a conflict: is it as you want it?"
                : "permissions " + permissions(loser) + " have lost a conflict to " + permissions(winner)
                        + ": are they as you want them?";
        LOG.warn(
                "{}: {} of {} lost to {} of {}: {}",
                loser.key(),
                loser.uuid(),
                loser.origin().node(),
                winner.uuid(),
                winner.origin().node(),
                finding);
        audit.ifPresent(trail -> trail.record(new AuditEntry(
                EventKind.POLICY, Hlc.millis(loser.hlc()), "", loser.key().path(), loser.uuid(), null, finding)));
    }

    private static String permissions(Version version) {
        return Permissions.format(version.acl().permissions());
    }

    @Override
    public void compared(int found, int exchanges, long bytes) {
        rounds.increment();
        differences.add(found);
        roundBytes.add(bytes);
    }

    @Override
    public void failed(String what, RuntimeException fault) {
        faults.increment();
        FAULTS.error("{} failed on this node and will be tried again.", what, fault);
    }
}
