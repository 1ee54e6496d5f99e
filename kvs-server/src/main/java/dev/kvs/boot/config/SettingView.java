package dev.kvs.boot.config;

/**
 * One line of the configuration in effect, as {@code GET /admin/config} shows it.
 *
 * @param name the key
 * @param value a boolean, a long, a text or a list of texts; {@link #MASK} for a secret that is set
 * @param source where the value comes from
 * @param active whether this version acts on the key
 */
public record SettingView(String name, Object value, Source source, boolean active) {
    /** Stands for every secret, whatever its length. */
    public static final String MASK = "********";
}
