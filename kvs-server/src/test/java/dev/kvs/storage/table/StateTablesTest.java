package dev.kvs.storage.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Dot;
import dev.kvs.model.Hlc;
import dev.kvs.model.Key;
import dev.kvs.model.Kind;
import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import dev.kvs.platform.Disk;
import dev.kvs.platform.SimDisk;
import dev.kvs.storage.format.BodyCompression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StateTablesTest {
    private static final Path FILE = Path.of("tables.mv.db");
    private static final StoreId STORE = new StoreId(new UUID(1, 1));
    private static final TableSettings SETTINGS =
            new TableSettings(1_024, 1, 10, 60_000, new BodyCompression(false, 512, 3));

    private final Disk disk = new SimDisk(1);

    /** Found by the simulation: a write and its copy have one UUID, and one of the two was lost. */
    @Test
    void twoVersionsOfOneUuidAreHeldBack() throws IOException {
        List<Version> both = List.of(version(1, 4), version(2, 7));
        try (Tables tables = Tables.open(disk, FILE, SETTINGS, STORE)) {
            for (Version version : both) {
                tables.writer().state().hold(version);
            }
            tables.commit(tables.meta());
        }
        assertThat(held()).containsExactlyInAnyOrderElementsOf(both);
        try (Tables tables = Tables.open(disk, FILE, SETTINGS, null)) {
            tables.writer().state().release(both.getFirst());
            tables.commit(tables.meta());
        }
        assertThat(held()).containsExactly(both.getLast());
    }

    private List<Version> held() throws IOException {
        try (Tables tables = Tables.open(disk, FILE, SETTINGS, null)) {
            return tables.state().heldBack();
        }
    }

    private static Version version(int store, long sequence) {
        Origin origin = new Origin(new StoreId(new UUID(9, store)), new NodeId("n" + store), 1);
        return new Version.Draft(
                        Key.of("k"),
                        new UUID(7, 7),
                        Hlc.ofMillis(1_000 + store),
                        origin,
                        sequence,
                        VersionVector.EMPTY.with(new Dot(origin.store(), sequence)),
                        Version.NEVER,
                        Kind.LIVE,
                        Acl.UNOWNED)
                .seal(new byte[] {'1'});
    }
}
