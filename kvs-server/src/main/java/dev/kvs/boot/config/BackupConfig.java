package dev.kvs.boot.config;

import java.nio.file.Path;
import java.time.Period;
import java.util.List;

/**
 * When copies are made and how long they are kept. Accepted and checked; this version makes none.
 *
 * @param schedule five fields of cron
 * @param path the directory of the copies; absolute
 * @param retention how long a copy is kept
 */
public record BackupConfig(boolean enabled, String schedule, Path path, Period retention) {
    private static final String CRON_CHARACTERS =
            "0123456789*/,-? ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    static final ConfigKey<Boolean> BACKUP_ENABLED = ConfigKey.of(
                    "backup_enabled", Topic.BACKUP, new Flag(), true, "Make a copy of the store by schedule.")
            .notYetActive();
    static final ConfigKey<String> BACKUP_SCHEDULE = ConfigKey.of(
                    "backup_schedule",
                    Topic.BACKUP,
                    new Text(100, "five cron fields (minute hour day month weekday)", BackupConfig::isCron),
                    "0 0 * * *",
                    "When a copy is made: every midnight.")
            .notYetActive();
    static final ConfigKey<String> BACKUP_PATH = ConfigKey.of(
                    "backup_path",
                    Topic.BACKUP,
                    Forms.path(),
                    "./backups",
                    "The directory of the copies; better on another disk than data_dir.")
            .notYetActive();
    static final ConfigKey<Long> BACKUP_RETENTION = ConfigKey.of(
                    "backup_retention", Topic.BACKUP, new WholeNumber(1, 3_650, "days"), 7L, "How long a copy is kept.")
            .notYetActive();

    static final List<ConfigKey<?>> KEYS = List.of(BACKUP_ENABLED, BACKUP_SCHEDULE, BACKUP_PATH, BACKUP_RETENTION);

    static BackupConfig from(Settings settings) {
        return new BackupConfig(
                settings.get(BACKUP_ENABLED),
                settings.get(BACKUP_SCHEDULE),
                settings.pathOf(BACKUP_PATH),
                Period.ofDays(settings.intOf(BACKUP_RETENTION)));
    }

    private static boolean isCron(String text) {
        return text.chars().allMatch(c -> CRON_CHARACTERS.indexOf(c) >= 0)
                && text.strip().split(" +").length == 5;
    }
}
