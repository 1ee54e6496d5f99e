package dev.kvs.boot.config;

/**
 * One line of the configuration in effect, as {@code GET /admin/config} shows it.
 *
 * @param name the key
 * @param value the value as YAML, or {@link #MASK} for a secret that is set
 * @param source where the value comes from
 * @param active whether this version acts on the key
 */
public record SettingView(String name, String value, Source source, boolean active) {
    /** Stands for every secret, whatever its length. */
    public static final String MASK = "********";
}
