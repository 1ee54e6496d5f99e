package dev.kvs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Acl;
import dev.kvs.model.Conflict;
import dev.kvs.model.Dot;
import dev.kvs.model.Key;
import dev.kvs.model.Keyspace;
import dev.kvs.model.Kind;
import dev.kvs.model.NodeId;
import dev.kvs.model.Origin;
import dev.kvs.model.StoreId;
import dev.kvs.model.Version;
import dev.kvs.model.VersionVector;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Conflicts are bounded, and those about documents make no room among those about the system. */
class LedgerTest {
    private final Ledger ledger = new Ledger();

    private static Conflict conflict(Key key, long atMillis) {
        return Conflict.between(new UUID(0, atMillis), version(key, 1), version(key, 2), atMillis);
    }

    private static Version version(Key key, int number) {
        Origin origin = new Origin(new StoreId(new UUID(0, number)), new NodeId("n" + number), 1);
        return new Version.Draft(
                        key,
                        new UUID(1, number),
                        number,
                        origin,
                        1,
                        VersionVector.of(List.of(new Dot(origin.store(), 1))),
                        Version.NEVER,
                        Kind.LIVE,
                        Acl.UNOWNED)
                .seal(new byte[] {'1'});
    }

    @Test
    void conflictsAboutDocumentsDoNotPushOutThoseOfTheSystem() {
        Conflict ofSystem = conflict(Key.ofSystem("policies/k"), 1);
        ledger.record(ofSystem);
        for (int i = 0; i < 2 * Ledger.MAX_CONFLICTS; i++) {
            ledger.record(conflict(Key.of("k/" + i), 2 + i));
        }
        assertThat(ledger.conflict(ofSystem.key())).isEqualTo(ofSystem);
        assertThat(ledger.conflicts(Keyspace.SYSTEM)).containsExactly(ofSystem);
        assertThat(ledger.conflicts(Keyspace.DOCUMENTS)).hasSizeLessThanOrEqualTo(Ledger.MAX_CONFLICTS);
    }
}
