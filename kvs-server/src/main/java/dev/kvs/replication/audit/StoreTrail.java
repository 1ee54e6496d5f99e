package dev.kvs.replication.audit;

import dev.kvs.audit.AuditLog;
import dev.kvs.audit.AuditSettings;
import dev.kvs.model.Conflict;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.platform.Check;
import dev.kvs.platform.Disk;
import dev.kvs.storage.Trail;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The audit log as the store sees it; opened when the store is. */
public final class StoreTrail implements Trail {
    private final Disk disk;
    private final AuditSettings settings;
    private @Nullable AuditLog log;

    /** A trail on the disk of the store. */
    public StoreTrail(Disk disk, AuditSettings settings) {
        this.disk = disk;
        this.settings = settings;
    }

    /** The audit log, once the store is open. */
    public AuditLog log() {
        return Check.present(log, "the store is open");
    }

    @Override
    public long open(StoreId store) throws IOException {
        log = AuditLog.open(disk, settings, store);
        return log.reached();
    }

    @Override
    public void written(long seq, String actor, Version version) throws IOException {
        log().written(seq, actor, version);
    }

    @Override
    public void noted(long seq, byte[] event) throws IOException {
        log().noted(seq, event);
    }

    @Override
    public void disputed(long seq, Conflict conflict) throws IOException {
        log().disputed(seq, conflict);
    }

    @Override
    public void renamed(long seq, StoreId next) throws IOException {
        log().renamed(seq, next);
    }

    @Override
    public void ended(long seq) throws IOException {
        log().ended(seq);
    }

    @Override
    public void sync() throws IOException {
        log().sync();
    }

    @Override
    public void close() throws IOException {
        if (log != null) {
            log.close();
        }
    }
}
