package dev.kvs.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The machine's clock, put forward by each wait instead of waiting, and dice that always fall the same. */
final class RecordedPacing implements Pacing {
    private final double chance;
    private final List<Duration> waits = new ArrayList<>();

    RecordedPacing(double chance) {
        this.chance = chance;
    }

    List<Duration> waits() {
        return waits;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime() + waits.stream().mapToLong(Duration::toNanos).sum();
    }

    @Override
    public void sleep(Duration time) {
        waits.add(time);
    }

    @Override
    public double chance() {
        return chance;
    }
}
