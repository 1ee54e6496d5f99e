package dev.kvs.console.view;

import dev.kvs.console.svg.Picture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a page: whatever of it there is, in this order.
 *
 * @param id where a link may lead
 * @param note below the heading; empty for nothing
 * @param steps numbered
 * @param table null for none; an empty one gives way to {@code empty}
 */
public record Section(
        String id,
        String heading,
        String note,
        @Nullable Badge verdict,
        List<Fact> facts,
        List<String> steps,
        @Nullable Picture picture,
        @Nullable Table table,
        @Nullable Pager pager,
        @Nullable Empty empty,
        @Nullable FormView form,
        List<Action> actions,
        List<String> lines) {
    public static Section of(String id, String heading, String note) {
        return new Section(
                id, heading, note, null, List.of(), List.of(), null, null, null, null, null, List.of(), List.of());
    }

    public Section verdict(Badge word) {
        return new Section(id, heading, note, word, facts, steps, picture, table, pager, empty, form, actions, lines);
    }

    public Section facts(List<Fact> all) {
        return new Section(id, heading, note, verdict, all, steps, picture, table, pager, empty, form, actions, lines);
    }

    public Section steps(List<String> all) {
        return new Section(id, heading, note, verdict, facts, all, picture, table, pager, empty, form, actions, lines);
    }

    public Section picture(Picture shown) {
        return new Section(id, heading, note, verdict, facts, steps, shown, table, pager, empty, form, actions, lines);
    }

    /** A table, and what is said when it is empty. */
    public Section table(Table rows, @Nullable Empty otherwise) {
        return new Section(
                id,
                heading,
                note,
                verdict,
                facts,
                steps,
                picture,
                rows.isEmpty() ? null : rows,
                pager,
                rows.isEmpty() ? otherwise : null,
                form,
                actions,
                lines);
    }

    public Section pager(Pager way) {
        return new Section(id, heading, note, verdict, facts, steps, picture, table, way, empty, form, actions, lines);
    }

    public Section form(FormView asked) {
        return new Section(
                id, heading, note, verdict, facts, steps, picture, table, pager, empty, asked, actions, lines);
    }

    public Section actions(List<Action> buttons) {
        return new Section(
                id, heading, note, verdict, facts, steps, picture, table, pager, empty, form, buttons, lines);
    }

    public Section lines(List<String> all) {
        return new Section(id, heading, note, verdict, facts, steps, picture, table, pager, empty, form, actions, all);
    }
}
