package dev.kvs.house.planted.platform;

/** Allowed: the clock where the port is made real. */
public record OwnsTheClock() {
    public long now() {
        return System.currentTimeMillis();
    }
}
