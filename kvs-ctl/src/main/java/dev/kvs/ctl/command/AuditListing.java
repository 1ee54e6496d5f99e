package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.AuditEntries;
import java.time.Instant;
import java.util.List;

/** Entries of the audit log as the commands show them. */
record AuditListing(Listing listing) {
    private static final List<Column> COLUMNS = List.of(
            Column.of("time"),
            Column.of("kind"),
            Column.of("actor"),
            Column.of("key"),
            Column.of("detail"),
            Column.of("uuid").inWide(),
            Column.of("digest").inWide(),
            Column.number("block").inWide(),
            Column.of("place").inWide());

    static AuditListing of(Session session) {
        return new AuditListing(session.output().listing("entries", COLUMNS));
    }

    void row(AuditEntries.Entry entry) {
        listing.row(
                Instant.ofEpochMilli(entry.time()),
                entry.kind(),
                entry.actor(),
                entry.key(),
                entry.detail(),
                entry.uuid(),
                entry.digest(),
                entry.block(),
                entry.place());
    }

    void end() {
        listing.end();
    }
}
