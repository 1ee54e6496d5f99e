package dev.kvs.storage.table;

/**
 * What a checkpoint writes for one key.
 *
 * @param seqs the new kept revisions, ascending
 * @param pruned whether revisions between the old ones and these were dropped before they reached the tables
 * @param winner the key's winner over everything, new or old
 */
public record KeyChange(long[] seqs, boolean pruned, StoredVersion winner) {}
