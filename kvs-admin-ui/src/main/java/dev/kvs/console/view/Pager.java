package dev.kvs.console.view;

/**
 * The way through a list that is longer than a page: forward, and to its beginning. Where a page begins is known to the one
 * before it alone, and the browser's own way back does the rest.
 *
 * @param first the list's beginning, below the mount; empty on the first page
 * @param next empty on the last page
 * @param shown what this page has, for example {@code 100 of 12 000}
 */
public record Pager(String first, String next, String shown) {}
