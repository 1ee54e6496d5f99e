package dev.kvs.console.view;

import java.util.List;

/**
 * A row of a form.
 *
 * @param type of the input: {@code text}, {@code password}, {@code hidden}, {@code boxes} or {@code choice}
 * @param value what stands in it at first; of boxes, what is ticked, with blanks between
 * @param help said below it; empty for nothing
 * @param options of boxes and choices
 */
public record Field(String name, String label, String type, String value, String help, List<String> options) {
    public static Field text(String name, String label, String value, String help) {
        return new Field(name, label, "text", value, help, List.of());
    }

    public static Field password(String name, String label, String help) {
        return new Field(name, label, "password", "", help, List.of());
    }

    /** Not seen, only sent. */
    public static Field hidden(String name, String value) {
        return new Field(name, "", "hidden", value, "", List.of());
    }

    public static Field boxes(String name, String label, String ticked, List<String> options) {
        return new Field(name, label, "boxes", ticked, "", options);
    }

    public static Field choice(String name, String label, String value, List<String> options) {
        return new Field(name, label, "choice", value, "", options);
    }

    public boolean isTicked(String option) {
        return List.of(value.split(" ")).contains(option);
    }
}
