package dev.kvs.boot.config;

import java.time.Duration;
import java.util.List;

/**
 * The log, the memtable and the tables.
 *
 * @param memtableMaxBytes what may wait in memory for a checkpoint
 * @param walSegmentBytes where the log begins a new file
 * @param cacheMaxBytes documents kept in memory for reading
 * @param h2CacheKib H2's page cache
 * @param writeWait how long a writer waits for room in the memtable
 * @param revisionHistoryEnabled whether replaced versions are kept at all
 * @param revisionHistoryMax revisions kept per key, the current one included
 * @param tombstoneRetention how long a delete is remembered at least
 * @param maxBlindDeletesPerDay keys that a user may delete in a day without the node having ever seen them
 * @param purgeInterval pause between rounds that drop what has expired
 * @param maxClockSkew how far ahead of its peers a clock may run
 * @param compressionEnabled whether bodies are compressed with zstd
 * @param compressionLevel zstd's level
 * @param compressionThresholdBytes smaller bodies are stored as they are
 */
public record StorageConfig(
        long memtableMaxBytes,
        long walSegmentBytes,
        long cacheMaxBytes,
        int h2CacheKib,
        Duration writeWait,
        boolean revisionHistoryEnabled,
        int revisionHistoryMax,
        Duration tombstoneRetention,
        int maxBlindDeletesPerDay,
        Duration purgeInterval,
        Duration maxClockSkew,
        boolean compressionEnabled,
        int compressionLevel,
        int compressionThresholdBytes) {
    private static final long MIB = 1_048_576;
    private static final long GIB = 1_024 * MIB;

    static final ConfigKey<Long> MEMTABLE_MAX_BYTES = ConfigKey.of(
            "memtable_max_bytes",
            Topic.STORAGE,
            new WholeNumber(4 * MIB, 4 * GIB, "bytes"),
            128 * MIB,
            "Written data held in memory between checkpoints; more makes checkpoints rarer and restarts longer.");
    static final ConfigKey<Long> WAL_SEGMENT_BYTES = ConfigKey.of(
            "wal_segment_bytes",
            Topic.STORAGE,
            new WholeNumber(MIB, GIB, "bytes"),
            64 * MIB,
            "Where the write-ahead log begins a new file; old files are removed whole after a checkpoint.");
    static final ConfigKey<Long> CACHE_MAX_BYTES = ConfigKey.of(
            "cache_max_bytes",
            Topic.STORAGE,
            new WholeNumber(0, 64 * GIB, "bytes"),
            64 * MIB,
            "Documents kept in memory for reading; the default fits a heap of 512 MiB together with the memtable.");
    static final ConfigKey<Long> H2_CACHE_KIB = ConfigKey.of(
            "h2_cache_kib",
            Topic.STORAGE,
            new WholeNumber(1_024, 16_777_216, "KiB"),
            32_768L,
            "H2's page cache; holds the inner pages of the indexes of some ten million keys.");
    static final ConfigKey<Long> WRITE_WAIT_MS = ConfigKey.of(
            "write_wait_ms",
            Topic.STORAGE,
            new WholeNumber(0, 60_000, "milliseconds"),
            5_000L,
            "How long a writer waits while the memtable is full before it gets 503 overloaded.");
    static final ConfigKey<Boolean> REVISION_HISTORY_ENABLED = ConfigKey.of(
            "revision_history_enabled",
            Topic.STORAGE,
            new Flag(),
            true,
            "Keep replaced versions for history and restore.");
    static final ConfigKey<Long> REVISION_HISTORY_MAX = ConfigKey.of(
            "revision_history_max",
            Topic.STORAGE,
            new WholeNumber(1, 1_000, "revisions"),
            10L,
            "Revisions kept per key, the current one included; each takes the disk space of its document.");
    static final ConfigKey<Long> TOMBSTONE_RETENTION_HOURS = ConfigKey.of(
            "tombstone_retention_hours",
            Topic.STORAGE,
            new WholeNumber(1, 87_600, "hours"),
            720L,
            "How long a delete is remembered at least; a node that was away for longer cannot simply come back.");
    static final ConfigKey<Long> MAX_BLIND_DELETES_PER_DAY = ConfigKey.of(
            "max_blind_deletes_per_day",
            Topic.STORAGE,
            new WholeNumber(1, 1_000_000_000, "deletions"),
            10_000L,
            "Keys a user may delete in a day that the node has never seen; each is remembered as long as any delete.");
    static final ConfigKey<Long> PURGE_INTERVAL_MS = ConfigKey.of(
            "purge_interval_ms",
            Topic.STORAGE,
            new WholeNumber(100, 86_400_000, "milliseconds"),
            60_000L,
            "Pause between rounds that drop expired values and old tombstones; what has expired is hidden at once.");
    static final ConfigKey<Long> MAX_CLOCK_SKEW_MS = ConfigKey.of(
            "max_clock_skew_ms",
            Topic.STORAGE,
            new WholeNumber(100, 3_600_000, "milliseconds"),
            10_000L,
            "A clock further ahead than this is wrong, not merely imprecise: NTP keeps machines within a few ms.");
    static final ConfigKey<Boolean> COMPRESSION_ENABLED = ConfigKey.of(
            "compression_enabled", Topic.STORAGE, new Flag(), true, "Compress stored documents with zstd.");
    static final ConfigKey<Long> COMPRESSION_LEVEL = ConfigKey.of(
            "compression_level",
            Topic.STORAGE,
            new WholeNumber(1, 19, "zstd level"),
            3L,
            "zstd's own default; higher levels cost much more time than they save space on small documents.");
    static final ConfigKey<Long> COMPRESSION_THRESHOLD_BYTES = ConfigKey.of(
            "compression_threshold_bytes",
            Topic.STORAGE,
            new WholeNumber(64, MIB, "bytes"),
            512L,
            "Smaller documents are stored as they are: a zstd frame alone takes tens of bytes.");

    static final List<ConfigKey<?>> KEYS = List.of(
            MEMTABLE_MAX_BYTES,
            WAL_SEGMENT_BYTES,
            CACHE_MAX_BYTES,
            H2_CACHE_KIB,
            WRITE_WAIT_MS,
            REVISION_HISTORY_ENABLED,
            REVISION_HISTORY_MAX,
            TOMBSTONE_RETENTION_HOURS,
            MAX_BLIND_DELETES_PER_DAY,
            PURGE_INTERVAL_MS,
            MAX_CLOCK_SKEW_MS,
            COMPRESSION_ENABLED,
            COMPRESSION_LEVEL,
            COMPRESSION_THRESHOLD_BYTES);

    static StorageConfig from(Settings settings) {
        return new StorageConfig(
                settings.get(MEMTABLE_MAX_BYTES),
                settings.get(WAL_SEGMENT_BYTES),
                settings.get(CACHE_MAX_BYTES),
                settings.intOf(H2_CACHE_KIB),
                settings.millisOf(WRITE_WAIT_MS),
                settings.get(REVISION_HISTORY_ENABLED),
                settings.intOf(REVISION_HISTORY_MAX),
                settings.hoursOf(TOMBSTONE_RETENTION_HOURS),
                settings.intOf(MAX_BLIND_DELETES_PER_DAY),
                settings.millisOf(PURGE_INTERVAL_MS),
                settings.millisOf(MAX_CLOCK_SKEW_MS),
                settings.get(COMPRESSION_ENABLED),
                settings.intOf(COMPRESSION_LEVEL),
                settings.intOf(COMPRESSION_THRESHOLD_BYTES));
    }
}
