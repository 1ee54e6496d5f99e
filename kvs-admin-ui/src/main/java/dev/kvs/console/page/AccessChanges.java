package dev.kvs.console.page;

import dev.kvs.console.view.Action;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Fact;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.web.Form;
import dev.kvs.wire.GroupRequest;
import dev.kvs.wire.TokenInfo;
import dev.kvs.wire.TokenRequest;
import dev.kvs.wire.UserRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the forms of {@link AccessPage} do. */
final class AccessChanges {
    private AccessChanges() {}

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("[ ,]+"));
    }

    static Outcome createUser(Visit visit) {
        Form form = visit.form();
        @Nullable String password = form.text("password").isEmpty() ? null : form.text("password");
        visit.kvs()
                .access()
                .createUser(new UserRequest(
                        form.text("name").strip(), password, form.all("scopes"), words(form.text("groups")), null));
        return Outcome.done("/access", Notice.CREATED);
    }

    static Outcome disableUser(Visit visit) {
        boolean disabled = visit.form().text("disabled").equals("true");
        visit.kvs().access().updateUser(visit.form().text("name"), new UserRequest(null, null, null, null, disabled));
        return Outcome.done("/access", Notice.CHANGED);
    }

    static Outcome deleteUser(Visit visit) {
        String name = visit.form().text("name");
        if (!Page.isConfirmed(visit)) {
            return ask(
                    "Delete the user " + name + "?",
                    "His tokens end. His values stay, and belong to nobody.",
                    Action.danger("Delete", "/access/users/delete", Map.of("name", name)));
        }
        visit.kvs().access().deleteUser(name);
        return Outcome.done("/access", Notice.REMOVED);
    }

    static Outcome setGroup(Visit visit) {
        String name = visit.form().text("name").strip();
        List<String> members = words(visit.form().text("members"));
        var access = visit.kvs().access();
        if (!name.isEmpty() && access.group(name).isPresent()) {
            access.updateGroup(name, new GroupRequest(null, members));
            return Outcome.done("/access", Notice.CHANGED);
        }
        access.createGroup(new GroupRequest(name, members));
        return Outcome.done("/access", Notice.CREATED);
    }

    static Outcome deleteGroup(Visit visit) {
        String name = visit.form().text("name");
        if (!Page.isConfirmed(visit)) {
            return ask(
                    "Delete the group " + name + "?",
                    "Its members stay. Values of the group stay, and belong to no group.",
                    Action.danger("Delete", "/access/groups/delete", Map.of("name", name)));
        }
        visit.kvs().access().deleteGroup(name);
        return Outcome.done("/access", Notice.REMOVED);
    }

    /** The one page that shows a token's text; it is not kept in any history, because it answers a form. */
    static Outcome createToken(Visit visit) {
        Form form = visit.form();
        TokenInfo token = visit.kvs()
                .access()
                .createToken(new TokenRequest(
                        form.filled("user").orElse(null),
                        form.filled("label").orElse(null),
                        form.all("scopes"),
                        form.filled("ttl").orElse(null)));
        Section section = Section.of("token", "Copy it now", "This is the only time that it is shown.")
                .facts(List.of(
                        new Fact("User", Cell.text(token.user())),
                        new Fact("Label", Cell.text(token.label())),
                        new Fact("Scopes", Cell.code(String.join(" ", token.scopes()))),
                        new Fact("Expires", Numbers.when(token.expiresAt(), visit.now()))))
                .lines(List.of(Objects.requireNonNullElse(token.token(), "")));
        return Outcome.view("sheet", "The new token", "Access", Sheet.of("The new token", "", section));
    }

    static Outcome revokeToken(Visit visit) {
        String id = visit.form().text("id");
        if (!Page.isConfirmed(visit)) {
            return ask(
                    "Revoke the token " + id + "?",
                    "Whoever uses it is refused from now on, on every node that has heard of it.",
                    Action.danger("Revoke", "/access/tokens/revoke", Map.of("id", id)));
        }
        visit.kvs().access().revokeToken(UUID.fromString(id));
        return Outcome.done("/access", Notice.REVOKED);
    }

    private static Outcome ask(String question, String consequence, Action action) {
        return Page.ask("Access", new Page.Confirmation(question, consequence, action, "/access"));
    }
}
