/**
 * The pages. Each asks the node through the client, with the token of whoever is logged in, decides what there is to say, and
 * hands over a record that its template prints. None keeps anything between two requests but samples of the node's meters.
 */
@NullMarked
package dev.kvs.console.page;

import org.jspecify.annotations.NullMarked;
