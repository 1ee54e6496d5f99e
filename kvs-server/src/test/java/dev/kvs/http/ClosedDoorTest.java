package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever closes a node within a JVM that goes on, as tests do by the hundred, gets its memory back. */
@Timeout(60)
class ClosedDoorTest {
    @Test
    void nothingKeepsTheNodeBehindAClosedDoor() throws Exception {
        WeakReference<Door> closed = openAndClose();
        for (int i = 0; i < 100 && closed.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(closed.get()).isNull();
    }

    private static WeakReference<Door> openAndClose() throws IOException {
        try (Door door = Door.open()) {
            assertThat(door.get("/kv/a").status()).isEqualTo(404);
            return new WeakReference<>(door);
        }
    }
}
