package dev.kvs.house.planted.replication.push;

import dev.kvs.house.planted.replication.pull.Back;

/** One half of a circle. */
public record There(Back back) {}
