package dev.kvs.house.planted.model;

import dev.kvs.house.planted.storage.KnowsItsNeighbour;

/** Floor 1 that uses floor 2. */
public record LooksUp(KnowsItsNeighbour above) {}
