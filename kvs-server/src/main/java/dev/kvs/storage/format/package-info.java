/**
 * How versions are written to files: a small binary writer and reader and the one encoding of a {@link
 * dev.kvs.model.Version} that log and tables share. Big-endian; lengths and small numbers as unsigned LEB128.
 */
@NullMarked
package dev.kvs.storage.format;

import org.jspecify.annotations.NullMarked;
