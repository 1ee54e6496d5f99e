package dev.kvs.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The machine's clock and dice. */
final class SystemPacing implements Pacing {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    @Override
    public double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
