package dev.kvs.house.planted.storage;

import dev.kvs.house.planted.merkle.Neighbour;

/** Floor 2 that uses another room of floor 2. */
public record KnowsItsNeighbour(Neighbour[] beside) {}
