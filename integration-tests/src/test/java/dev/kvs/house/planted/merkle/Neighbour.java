package dev.kvs.house.planted.merkle;

import dev.kvs.house.planted.platform.OwnsTheClock;

/** Allowed: floor 2 that uses floor 0. */
public record Neighbour(OwnsTheClock below) {}
