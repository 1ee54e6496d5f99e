package dev.kvs.audit;

import dev.kvs.platform.Check;
import java.util.List;

/**
 * What an audit log is told.
 *
 * @param maxBytes length of all segments from which on the oldest are dropped at the next checkpoint
 * @param segmentBytes length from which on a segment is followed by another, at most {@link AuditLog#SEGMENT_BYTES}
 * @param keys what the anchor is signed with, the first for signing, all for checking; at least one. Whoever has none uses an
 *     empty key, and the signature then only shows accidents
 */
public record AuditSettings(long maxBytes, int segmentBytes, List<byte[]> keys) {
    public AuditSettings {
        Check.that(
                segmentBytes > 0 && segmentBytes <= AuditLog.SEGMENT_BYTES, "a segment fits in memory", segmentBytes);
        Check.that(maxBytes >= 2L * segmentBytes, "an audit log has room for two segments", maxBytes);
        Check.that(!keys.isEmpty(), "an anchor is signed");
        keys = List.copyOf(keys);
    }
}
