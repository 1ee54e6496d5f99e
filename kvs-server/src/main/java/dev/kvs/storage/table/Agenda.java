package dev.kvs.storage.table;

import dev.kvs.model.Key;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * When something may have to be done about a key: it expires, or may be collected. Each row is 8 bytes of milliseconds since the
 * epoch, which is never negative, and the key; there is nothing beside it.
 */
final class Agenda {
    private static final byte[] NOTHING = {};

    private final MVMap<byte[], byte[]> rows;

    Agenda(MVMap<byte[], byte[]> rows) {
        this.rows = rows;
    }

    /** Makes an appointment, unless there is the same. */
    void add(long atMillis, Key key) {
        rows.put(encode(atMillis, key.utf8()), NOTHING);
    }

    void remove(DueEntry entry) {
        rows.remove(encode(entry.atMillis(), entry.key().utf8()));
    }

    /** The first appointments after one moment and up to another, in the order of time and then of keys. */
    List<DueEntry> between(long afterMillis, long untilMillis, int limit) {
        List<DueEntry> found = new ArrayList<>();
        byte[] first = encode(Math.max(afterMillis, -1) + 1, NOTHING);
        Cursor<byte[], byte[]> cursor = rows.cursor(first);
        while (found.size() < limit && cursor.hasNext()) {
            byte[] row = cursor.next();
            long at = ByteBuffer.wrap(row).getLong();
            if (at > untilMillis) {
                break;
            }
            found.add(new DueEntry(at, Key.ofStored(Arrays.copyOfRange(row, Long.BYTES, row.length))));
        }
        return found;
    }

    private static byte[] encode(long atMillis, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(Math.max(0, atMillis))
                .put(key)
                .array();
    }
}
