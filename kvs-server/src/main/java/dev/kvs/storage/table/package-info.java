/**
 * The H2 tables. The only room that speaks SQL, and the only one that knows H2. What there is for each key and version lies in
 * B-trees of H2's storage engine ({@link dev.kvs.storage.table.Trees}), what is small in SQL tables ({@link
 * dev.kvs.storage.table.StateTables}).
 *
 * <p>H2's own sync is not enough for a store that promises: its commit does not force the disk, and a file that lost one
 * block of an unsynced write may not open again or may open empty. So H2 works on {@link
 * dev.kvs.storage.table.JournaledFile}, through {@link dev.kvs.storage.table.KvsFilePath}: what H2 writes collects in a
 * journal and reaches the file only when a checkpoint commits, whole or not at all. On disk the tables are therefore always
 * exactly as one checkpoint left them.
 *
 * <p>What has left its key's history is gone for every reader at once, and from its tree when a region of it is swept ({@link
 * dev.kvs.storage.table.DeadVersions}).
 */
@NullMarked
package dev.kvs.storage.table;

import org.jspecify.annotations.NullMarked;
