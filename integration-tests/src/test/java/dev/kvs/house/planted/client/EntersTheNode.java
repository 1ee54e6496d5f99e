package dev.kvs.house.planted.client;

import dev.kvs.house.planted.model.LooksUp;

/** A guest that uses a room of the node. */
public record EntersTheNode(LooksUp inside) {}
