package dev.kvs.console.view;

import org.jspecify.annotations.Nullable;

/**
 * One thing in a table, or beside a label.
 *
 * @param text what it says
 * @param href where it leads, below the mount; empty for nowhere
 * @param hint said when one points at it; empty for nothing
 * @param style {@code text}, {@code code} or {@code number}
 * @param badge instead of the text; null for none
 * @param action instead of the text; null for none
 */
public record Cell(
        String text,
        String href,
        String hint,
        String style,
        @Nullable Badge badge,
        @Nullable Action action) {
    public static Cell text(String text) {
        return new Cell(text, "", "", "text", null, null);
    }

    public static Cell code(String text) {
        return new Cell(text, "", "", "code", null, null);
    }

    public static Cell number(long number) {
        return new Cell(Numbers.grouped(number), "", "", "number", null, null);
    }

    public static Cell number(String number) {
        return new Cell(number, "", "", "number", null, null);
    }

    public static Cell badge(Badge badge) {
        return new Cell(badge.text(), "", "", "text", badge, null);
    }

    public static Cell action(Action action) {
        return new Cell(action.label(), "", "", "text", null, action);
    }

    public static Cell none() {
        return text("–");
    }

    public Cell to(String target) {
        return new Cell(text, target, hint, style, badge, action);
    }

    public Cell hinted(String more) {
        return new Cell(text, href, more, style, badge, action);
    }
}
