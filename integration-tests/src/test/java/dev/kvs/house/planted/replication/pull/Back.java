package dev.kvs.house.planted.replication.pull;

import dev.kvs.house.planted.replication.push.There;

/** The other half of a circle. */
public record Back(There there) {}
