package dev.kvs.console.view;

import java.util.List;

/**
 * A page that is its parts, one below the other.
 *
 * @param intro below the title; empty for nothing
 * @param problem what went wrong with what was just posted; empty for nothing
 */
public record Sheet(String title, String intro, String problem, List<Section> sections) {
    public Sheet {
        sections = List.copyOf(sections);
    }

    public static Sheet of(String title, String intro, Section... sections) {
        return new Sheet(title, intro, "", List.of(sections));
    }
}
