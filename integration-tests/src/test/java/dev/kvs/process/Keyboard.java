package dev.kvs.process;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** Hands that have no mouse: they come to everything with the Tab key. */
record Keyboard(Page page) {
    /** More stops than any page of the tests has. */
    private static final int STOPS_MAX = 400;

    /** Goes on until the focus is on the first of what the selector names. */
    void goTo(String selector) {
        Locator wanted = page.locator(selector).first();
        wanted.waitFor();
        for (int stop = 0; stop < STOPS_MAX; stop++) {
            if (Boolean.TRUE.equals(wanted.evaluate("element => element === document.activeElement"))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("Tab does not come to " + selector + " on " + page.url());
    }

    /** Presses Enter there, and waits for what has to come of it. */
    void press(String selector, String then) {
        goTo(selector);
        page.keyboard().press("Enter");
        page.locator(then).first().waitFor();
    }

    /** Writes there in place of what stands there. */
    void write(String selector, String text) {
        goTo(selector);
        page.keyboard().press("Control+A");
        page.keyboard().insertText(text);
    }
}
