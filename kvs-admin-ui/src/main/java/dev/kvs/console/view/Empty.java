package dev.kvs.console.view;

/**
 * What a page says where nothing is: what would be here, the button that changes that, and the line for a shell.
 *
 * @param button its label; empty for none
 * @param href where it leads, below the mount
 * @param line a {@code kvsctl} line; empty for none
 */
public record Empty(String what, String button, String href, String line) {}
