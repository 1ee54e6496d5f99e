package dev.kvs.boot;

import dev.kvs.audit.AuditLog;
import dev.kvs.audit.AuditSettings;
import dev.kvs.boot.config.NodeConfig;
import dev.kvs.http.Meters;
import dev.kvs.platform.Disk;
import dev.kvs.platform.SystemScheduler;
import dev.kvs.platform.Time;
import dev.kvs.replication.audit.AuditTrail;
import dev.kvs.replication.audit.StoreTrail;
import dev.kvs.storage.Store;
import java.util.List;

/** This node's audit log, where it has one: what keeps it in step with the store, and its numbers. */
final class Audit implements AutoCloseable {
    private final StoreTrail chain;
    private final SystemScheduler scheduler;
    private final AuditTrail trail;

    private Audit(StoreTrail chain, AuditTrail trail, SystemScheduler scheduler) {
        this.chain = chain;
        this.trail = trail;
        this.scheduler = scheduler;
    }

    /** What the store is opened with. */
    static StoreTrail chain(NodeConfig config, Disk disk) {
        AuditSettings settings = new AuditSettings(
                config.security().auditMaxBytes(), AuditLog.SEGMENT_BYTES, List.of(ClusterSecret.auditKey(config)));
        return new StoreTrail(disk, settings);
    }

    /** Goes on once the store is open. */
    static Audit over(Store store, StoreTrail chain, Meters meters, Time time) {
        SystemScheduler scheduler = new SystemScheduler();
        AuditTrail trail = new AuditTrail(store, chain.log(), time, scheduler);
        publish(trail, meters);
        trail.start();
        return new Audit(chain, trail, scheduler);
    }

    private static void publish(AuditTrail trail, Meters meters) {
        AuditLog log = trail.log();
        meters.counter("kvs_audit_entries_total", "Entries chained into the audit log.", log::entriesWritten);
        meters.gauge("kvs_audit_bytes", "Length of the audit log.", log::bytes);
        meters.gauge(
                "kvs_audit_verified_timestamp_seconds",
                "When the audit log was verified last; 0 when it was not since the start.",
                () -> {
                    AuditTrail.Verified last = trail.lastVerified();
                    return last == null ? 0 : last.millis() / 1_000;
                });
        meters.gauge("kvs_audit_broken", "1 when the last verification has found anything, else 0.", () -> {
            AuditTrail.Verified last = trail.lastVerified();
            return last == null || last.verdict().isGood() ? 0 : 1;
        });
    }

    AuditLog log() {
        return chain.log();
    }

    /** What the doors use. */
    AuditTrail trail() {
        return trail;
    }

    @Override
    public void close() {
        trail.close();
        scheduler.close();
    }
}
