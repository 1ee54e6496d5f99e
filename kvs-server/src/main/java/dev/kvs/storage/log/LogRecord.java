package dev.kvs.storage.log;

/**
 * One record as recovery hands it out.
 *
 * @param sequence its place in the log, gap-free over all segments
 * @param kind what it holds
 * @param bytes its encoding
 * @param endsFrame whether it is the last of those that were written together
 */
public record LogRecord(long sequence, RecordKind kind, byte[] bytes, boolean endsFrame) {}
