package dev.kvs.console.page;

import dev.kvs.console.web.Feed;

/** What a page gives. */
public sealed interface Outcome {
    /**
     * A page to be shown.
     *
     * @param template its template's name
     * @param section the entry of the navigation that it belongs to
     * @param model what the template prints
     * @param live whether it is fetched again when something has changed
     */
    record View(int status, String template, String title, String section, Object model, boolean live)
            implements Outcome {}

    /**
     * Go on there.
     *
     * @param href below the mount
     * @param notice says what has been done; empty for nothing
     */
    record Redirect(String href, Notice notice) implements Outcome {}

    /** Text as it is. */
    record Text(String type, String text) implements Outcome {}

    /** News without an end. */
    record Stream(Feed feed) implements Outcome {}

    /**
     * A file to keep, of any length.
     *
     * @param name what the browser calls it; ASCII without quotes
     */
    record Download(String name, String type, Feed feed) implements Outcome {}

    static View view(String template, String title, String section, Object model) {
        return new View(200, template, title, section, model, false);
    }

    /** A page that is fetched again when something has changed. */
    static View live(String template, String title, String section, Object model) {
        return new View(200, template, title, section, model, true);
    }

    static Redirect done(String href, Notice notice) {
        return new Redirect(href, notice);
    }
}
