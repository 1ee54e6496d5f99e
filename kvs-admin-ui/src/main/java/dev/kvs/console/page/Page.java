package dev.kvs.console.page;

import dev.kvs.console.view.Action;

/** Answers one kind of request. */
@FunctionalInterface
public interface Page {
    Outcome answer(Visit visit);

    /**
     * Asked before something that cannot be taken back.
     *
     * @param consequence what will be, in a sentence
     * @param cancel where to go instead, below the mount
     */
    record Confirmation(String question, String consequence, Action action, String cancel) {}

    /** Whether the visitor has confirmed what he posts. */
    static boolean isConfirmed(Visit visit) {
        return visit.form().text("sure").equals("yes");
    }

    /** Shows the question; the action comes back with the same fields and {@code sure=yes}. */
    static Outcome ask(String section, Confirmation confirmation) {
        Action sure = confirmation.action();
        var fields = new java.util.LinkedHashMap<>(sure.fields());
        fields.put("sure", "yes");
        Confirmation complete = new Confirmation(
                confirmation.question(),
                confirmation.consequence(),
                new Action(sure.label(), sure.path(), fields, sure.tone()),
                confirmation.cancel());
        return Outcome.view("confirm", confirmation.question(), section, complete);
    }
}
