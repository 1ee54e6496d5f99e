package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever closes a node within a JVM that goes on, as tests do by the hundred, gets its memory back. */
@Timeout(60)
class ClosedDoorTest {
    @Test
    void nothingKeepsTheNodeBehindAClosedDoor() throws Exception {
        ReferenceQueue<Door> forgotten = new ReferenceQueue<>();
        WeakReference<Door> closed = openAndClose(forgotten);
        for (int i = 0; i < 100 && closed.get() != null; i++) {
            System.gc();
            forgotten.remove(20);
        }
        assertThat(closed.get()).isNull();
    }

    private static WeakReference<Door> openAndClose(ReferenceQueue<Door> forgotten) throws IOException {
        try (Door door = Door.open()) {
            assertThat(door.get("/kv/a").status()).isEqualTo(404);
            return new WeakReference<>(door, forgotten);
        }
    }
}
