package dev.kvs.console.view;

/** Something with its name. */
public record Fact(String label, Cell value) {}
