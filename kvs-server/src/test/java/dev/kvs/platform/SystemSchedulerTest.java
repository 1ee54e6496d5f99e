package dev.kvs.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SystemSchedulerTest {
    @Test
    void whatComesDueIsDone() throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        try (SystemScheduler scheduler = new SystemScheduler()) {
            scheduler.after(1, () -> done.complete("done"));
            assertThat(done.get(30, TimeUnit.SECONDS)).isEqualTo("done");
        }
    }

    /** The store writes its last while the cluster around it is closed already; its listeners still ask for time. */
    @Test
    void whoAsksAClosedOneIsForgotten() {
        SystemScheduler scheduler = new SystemScheduler();
        scheduler.close();
        AtomicBoolean done = new AtomicBoolean();
        scheduler.after(0, () -> done.set(true)).cancel();
        assertThat(done).isFalse();
    }
}
