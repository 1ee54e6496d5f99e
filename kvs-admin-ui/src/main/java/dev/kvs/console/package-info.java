/**
 * The console: pages for people over the node's REST interface. It asks through {@code dev.kvs.client} with the token of whoever is
 * logged in, so all it does curl can do too, and it listens to nothing itself: the node mounts it at {@code /ui}, and {@code
 * standalone} puts it on a port of its own.
 *
 * <h2>How a request goes</h2>
 *
 * {@link dev.kvs.console.Console} finds out who is there, refuses forms that are not ours, finds the page in {@link
 * dev.kvs.console.page.Pages} and lets its outcome be printed. Whatever is thrown becomes a page in one place, {@link
 * dev.kvs.console.Failures}. What was typed is never lost: a form whose session has ended comes back after the login.
 *
 * <p>May import the client and the wire; nobody but {@code boot} knows it.
 */
@NullMarked
package dev.kvs.console;

import org.jspecify.annotations.NullMarked;
