/**
 * The node's configuration: one declarative table of keys ({@link dev.kvs.boot.config.ConfigTable}) from which parsing,
 * validation, the commented first file, the listing and {@code docs/configuration.md} all come. What leaves this package
 * is immutable and checked as a whole; a configuration with problems is refused with all of them in one report.
 *
 * <p>Precedence: {@code -Dkvs.<key>=} over environment {@code KVS_<KEY>} over the file over the default. Imports only
 * {@code model} and {@code platform}; Helidon's YAML parser is used directly, without its service discovery, because a
 * flat file does not need it and start-up time counts.
 */
@NullMarked
package dev.kvs.boot.config;

import org.jspecify.annotations.NullMarked;
