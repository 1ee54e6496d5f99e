/**
 * The pages. Each asks the node through the client, with the token of whoever is logged in, decides what there is to say, and
 * hands over a record that its template prints. What is kept between two requests are samples of the node's meters, and the
 * keys that each visitor has looked at lately or marked ({@link dev.kvs.console.page.Shelf}); both in memory alone.
 */
@NullMarked
package dev.kvs.console.page;

import org.jspecify.annotations.NullMarked;
