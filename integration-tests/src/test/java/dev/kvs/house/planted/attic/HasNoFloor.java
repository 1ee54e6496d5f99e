package dev.kvs.house.planted.attic;

/** A room that nobody gave a floor. */
public record HasNoFloor() {}
