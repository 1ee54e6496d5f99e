/**
 * Floor 2: keeps versions. A write goes to the log ({@link dev.kvs.storage.log}), is acknowledged when its frame is synced,
 * and is served from the {@link dev.kvs.storage.Memtable} until a {@link dev.kvs.storage.Checkpoint} has brought it into
 * the H2 tables ({@link dev.kvs.storage.table}). Begin reading at {@link dev.kvs.storage.Store}.
 *
 * <p>Invariants: what was acknowledged is in the synced log or in the committed tables, at every moment; the log is cut only
 * after the tables have been read back from the disk; readers see synced versions only, in log order.
 *
 * <p>May import {@code model} and {@code platform}. Sources: O'Neil et al., "The Log-Structured Merge-Tree", 1996, for log
 * and memtable; Mohan et al., "ARIES", 1992, for redo from a log sequence kept with the data.
 */
@NullMarked
package dev.kvs.storage;

import org.jspecify.annotations.NullMarked;
