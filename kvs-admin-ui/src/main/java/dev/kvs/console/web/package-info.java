/**
 * Requests and answers of the console in its own few words, so that whoever listens (the node, or the console by itself) only
 * has to translate; sessions and the proof that a form is ours; the files that pages load.
 *
 * <p>Knows HTTP and no page. Nothing here does IO but reading resources.
 */
@NullMarked
package dev.kvs.console.web;

import org.jspecify.annotations.NullMarked;
