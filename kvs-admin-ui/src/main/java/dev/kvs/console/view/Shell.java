package dev.kvs.console.view;

import java.util.List;

/**
 * The frame around every page.
 *
 * @param title the page's
 * @param section the entry of the navigation that the page belongs to
 * @param mount where the console is, for example {@code /ui}
 * @param files where styles and scripts are
 * @param node the node's name; empty when it does not answer
 * @param mode {@code normal}, {@code read-only} or {@code syncing}
 * @param cluster its size in words
 * @param version the node's
 * @param user who is logged in; empty for nobody
 * @param proof what every form carries
 * @param entries of the navigation
 * @param notice what has just been done; empty for nothing
 * @param live whether the page is fetched again when something has changed
 */
public record Shell(
        String title,
        String section,
        String mount,
        String files,
        String node,
        String mode,
        String cluster,
        String version,
        String user,
        String proof,
        List<Entry> entries,
        String notice,
        boolean live) {
    /**
     * An entry of the navigation.
     *
     * @param key the letter that leads there behind a {@code g}
     */
    public record Entry(String name, String href, String key) {}

    public Badge modeBadge() {
        return switch (mode) {
            case "normal" -> Badge.good(mode);
            case "" -> Badge.bad("no answer");
            default -> Badge.warn(mode);
        };
    }
}
