/**
 * How a command speaks: one place for tables, JSON, YAML, errors and exit codes. Documents that came from a node are
 * passed through as text, token by token, and never turned into numbers or maps: a 64-bit integer, a {@code 1.00} and
 * the order of members come out as they went in. Knows nothing of commands or of the network.
 *
 * <p>JSON is read here by a small cursor instead of a data-binding library, for that reason and for a second one:
 * scripts start this program thousands of times, and classes that are not loaded cost nothing.
 */
@NullMarked
package dev.kvs.ctl.output;

import org.jspecify.annotations.NullMarked;
