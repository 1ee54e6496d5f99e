package dev.kvs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvs.platform.StallingDisk;
import dev.kvs.replication.Copies;
import dev.kvs.storage.StoreFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A disk that cannot keep up, seen by a client. */
@Timeout(120)
class BackpressureTest {
    private static final int MEMTABLE_BYTES = 1 << 17;
    private static final Path JOURNAL = Path.of("store.mv.db.journal");
    private static final String BODY = "\"" + "x".repeat(2_000) + "\"";

    private StallingDisk disk;
    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.open(
                real -> {
                    disk = new StallingDisk(real);
                    return disk;
                },
                StoreFixture.settings(MEMTABLE_BYTES, 100),
                Copies.LONE);
    }

    @AfterEach
    void close() {
        disk.goOn();
        door.close();
    }

    @Test
    void aFullMemtableIsAnsweredWithOverloadedAndAWaitUntilTheDiskIsQuickAgain() {
        disk.stall((call, path) -> call == StallingDisk.Call.SYNC && path.equals(JOURNAL));
        int stored = 0;
        Answer answer = door.put("/kv/k/0", BODY);
        while (answer.status() == 201) {
            stored++;
            assertThat(stored)
                    .as("documents in a memtable of %d bytes", MEMTABLE_BYTES)
                    .isLessThan(MEMTABLE_BYTES / 2_000);
            answer = door.put("/kv/k/" + stored, BODY);
        }
        assertThat(answer.outcome()).isEqualTo("503 overloaded");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(door.send("DELETE", "/kv/k/0", "").outcome()).isEqualTo("503 overloaded");
        assertThat(door.get("/kv/k/0?raw").text()).isEqualTo(BODY);
        assertThat(door.get("/kv/k/" + stored).outcome()).isEqualTo("404 not_found");
        assertThat(door.get("/health/ready").status())
                .as("a slow disk is no broken one")
                .isEqualTo(200);

        disk.goOn();
        String refused = "/kv/k/" + stored;
        await().atMost(Duration.ofSeconds(30))
                .until(() -> door.put(refused, BODY).status() < 300);
        assertThat(door.get(refused + "?raw").text()).isEqualTo(BODY);
    }
}
