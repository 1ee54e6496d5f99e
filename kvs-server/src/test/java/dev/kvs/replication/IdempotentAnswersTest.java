package dev.kvs.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvs.model.Key;
import dev.kvs.platform.Time;
import dev.kvs.storage.StoreFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much is remembered of keyed requests, and for how long. */
class IdempotentAnswersTest {
    private static final int LIMIT = 100_000;
    private static final int WINDOW_MILLIS = 600_000;

    private final AtomicLong millis = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();
    private final IdempotentAnswers answers = new IdempotentAnswers(WINDOW_MILLIS, new SetTime(millis));

    private record SetTime(AtomicLong millis) implements Time {
        @Override
        public long epochMillis() {
            return millis.get();
        }

        @Override
        public long monotonicNanos() {
            return millis.get() * 1_000_000;
        }
    }

    @Test
    void theOldestAreForgottenFirst() {
        for (int i = 0; i < 2 * LIMIT; i++) {
            ask(i, List.of());
        }
        assertThat(done).hasValue(2 * LIMIT);
        for (int i = LIMIT; i < 2 * LIMIT; i++) {
            ask(i, List.of());
        }
        assertThat(done).as("the last are remembered").hasValue(2 * LIMIT);
        ask(0, List.of());
        assertThat(done).as("the first is not").hasValue(2 * LIMIT + 1);
    }

    @Test
    void writesAreCountedAndNotRequests(@TempDir Path folder) throws IOException {
        try (LoneEngine engine = LoneEngine.over(StoreFixture.in(folder))) {
            Coordinator.Written one =
                    engine.coordinator().put(Key.of("k"), new byte[] {'1'}, new Expiry.Never(), WriteOptions.NONE);
            List<Coordinator.Written> batch = Collections.nCopies(LIMIT / 10, one);
            for (int i = 0; i < 11; i++) {
                ask(i, batch);
            }
            for (int i = 1; i < 11; i++) {
                ask(i, batch);
            }
            assertThat(done).as("the last ten are remembered").hasValue(11);
            ask(0, batch);
            assertThat(done).as("the first is not").hasValue(12);
        }
    }

    @Test
    void anAnswerIsRememberedForAWindowFromItsFirstRequest() {
        ask(1, List.of());
        millis.addAndGet(WINDOW_MILLIS - 1);
        ask(1, List.of());
        assertThat(done).hasValue(1);
        millis.addAndGet(1);
        ask(1, List.of());
        assertThat(done).hasValue(2);
    }

    private void ask(int request, List<Coordinator.Written> written) {
        answers.once(new WriteOptions.Idempotency("key-" + request, "print"), () -> {
            done.incrementAndGet();
            return written;
        });
    }
}
