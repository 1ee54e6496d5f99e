package dev.kvs.console.page;

import dev.kvs.client.AccessClient;
import dev.kvs.console.view.Action;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Field;
import dev.kvs.console.view.FormView;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.console.view.Table;
import dev.kvs.wire.AccessAnswer;
import dev.kvs.wire.GroupInfo;
import dev.kvs.wire.PolicyInfo;
import dev.kvs.wire.TokenInfo;
import dev.kvs.wire.UserInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /access}: users, groups, tokens and policies, and the question who may do what. */
final class AccessPage implements Page {
    static final List<String> SCOPES = List.of("read", "write", "delete", "metrics", "admin:*");
    private static final List<String> VERBS = List.of("read", "write", "delete", "create");

    @Override
    public Outcome answer(Visit visit) {
        if (!visit.isGuarded()) {
            return Outcome.view("sheet", "Access", "Access", unguarded(visit));
        }
        AccessClient access = visit.kvs().access();
        List<Section> sections = new ArrayList<>();
        sections.add(question(visit, access));
        Optional<List<UserInfo>> users = visit.ifAllowed(access::users);
        users.ifPresent(all -> sections.add(users(visit, all)));
        visit.ifAllowed(access::groups).ifPresent(all -> sections.add(groups(visit, all)));
        sections.add(tokens(visit, access.tokens()));
        visit.ifAllowed(access::policies).ifPresent(all -> sections.add(policies(visit, all)));
        String intro = users.isPresent()
                ? ""
                : "You see your own tokens here. Users, groups and policies are shown to administrators.";
        return Outcome.view("sheet", "Access", "Access", new Sheet("Access", intro, "", sections));
    }

    private static Sheet unguarded(Visit visit) {
        Section off = Section.of("off", "Everybody may do everything", "")
                .table(
                        Table.of("").build(),
                        new Empty(
                                "This node has no access control: auth_enabled is false. With it, users, groups and"
                                        + " tokens are kept here, and every value has an owner and permissions.",
                                "The configuration",
                                "/node",
                                Links.kvsctl(visit, "whoami")));
        return Sheet.of("Access", "", off);
    }

    private static Section question(Visit visit, AccessClient access) {
        String user = visit.query().text("user").strip();
        String verb = visit.query().text("verb");
        String key = visit.query().text("key").strip();
        FormView form = new FormView(
                "/access",
                false,
                "can",
                "Ask",
                List.of(
                        Field.text("user", "May user", user, "Empty for yourself."),
                        Field.choice("verb", "do", verb.isEmpty() ? "read" : verb, VERBS),
                        Field.text("key", "with key", key, "")));
        Section section = Section.of("can", "Who may do what?", "").form(form);
        if (key.isEmpty()) {
            return section;
        }
        AccessAnswer answer = access.can(user.isEmpty() ? null : user, verb, key);
        String who = user.isEmpty() ? visit.user() : user;
        return section.verdict(
                        answer.allowed()
                                ? Badge.good(who + " may " + verb + " " + key)
                                : Badge.bad(who + " may not " + verb + " " + key))
                .steps(List.of(answer.rule()));
    }

    private static Section users(Visit visit, List<UserInfo> users) {
        Table.Builder table = Table.of("Users", "User", "Scopes", "Groups", "Password", "Made", "State", "", "");
        for (UserInfo user : users) {
            Map<String, String> name = Map.of("name", user.name());
            boolean root = user.name().equals("root");
            table.row(
                    Cell.text(user.name()),
                    Cell.code(String.join(" ", user.scopes())),
                    Cell.text(String.join(", ", user.groups())),
                    Cell.text(user.password() ? "yes" : "no"),
                    user.createdAt() == 0 ? Cell.text("always") : Numbers.when(user.createdAt(), visit.now()),
                    Cell.badge(user.disabled() ? Badge.warn("disabled") : Badge.good("active")),
                    root && !user.disabled()
                            ? Cell.none()
                            : Cell.action(Action.plain(
                                    user.disabled() ? "Enable" : "Disable",
                                    "/access/users/disable",
                                    Map.of("name", user.name(), "disabled", String.valueOf(!user.disabled())))),
                    root ? Cell.none() : Cell.action(Action.danger("Delete", "/access/users/delete", name)));
        }
        return Section.of("users", "Users", "")
                .table(table.build(), null)
                .form(new FormView(
                        "/access/users",
                        true,
                        "user",
                        "Make the user",
                        List.of(
                                Field.text("name", "Name", "", ""),
                                Field.password("password", "Password", "Empty for none: he then needs a token."),
                                Field.text("groups", "Groups", "", "With blanks between."),
                                Field.boxes("scopes", "Scopes", "read write delete", SCOPES))))
                .lines(List.of(Links.kvsctl(visit, "user", "list")));
    }

    private static Section groups(Visit visit, List<GroupInfo> groups) {
        Table.Builder table = Table.of("Groups", "Group", "Members", "");
        for (GroupInfo group : groups) {
            table.row(
                    Cell.text(group.name()),
                    Cell.text(String.join(", ", group.members())),
                    group.name().equals("admin")
                            ? Cell.none()
                            : Cell.action(
                                    Action.danger("Delete", "/access/groups/delete", Map.of("name", group.name()))));
        }
        return Section.of("groups", "Groups", "")
                .table(table.build(), new Empty("There are no groups yet.", "", "", ""))
                .form(new FormView(
                        "/access/groups",
                        true,
                        "group",
                        "Make or change the group",
                        List.of(
                                Field.text("name", "Name", "", "A group that is there gets these members."),
                                Field.text("members", "Members", "", "Users, with blanks between."))))
                .lines(List.of(Links.kvsctl(visit, "group", "list")));
    }

    private static Section tokens(Visit visit, List<TokenInfo> tokens) {
        Table.Builder table = Table.of("Tokens", "Label", "User", "Scopes", "Made", "Expires", "Name", "");
        for (TokenInfo token : tokens) {
            table.row(
                    Cell.text(token.label()),
                    Cell.text(token.user()),
                    Cell.code(String.join(" ", token.scopes())),
                    Numbers.when(token.issuedAt(), visit.now()),
                    Numbers.when(token.expiresAt(), visit.now()),
                    Cell.code(token.id().toString()),
                    Cell.action(Action.danger(
                            "Revoke",
                            "/access/tokens/revoke",
                            Map.of("id", token.id().toString()))));
        }
        return Section.of("tokens", "Tokens", "Tokens that are good now. Their text is shown once, when they are made.")
                .table(table.build(), new Empty("There are none.", "", "", ""))
                .form(new FormView(
                        "/access/tokens",
                        true,
                        "token",
                        "Make a token",
                        List.of(
                                Field.text("user", "For user", visit.user(), ""),
                                Field.text("label", "Label", "", "What it is for."),
                                Field.text("ttl", "Good for", "1h", "A number and a unit: 1h, 30d."),
                                Field.boxes("scopes", "Scopes", "read", SCOPES))))
                .lines(List.of(Links.kvsctl(visit, "token", "list")));
    }

    private static Section policies(Visit visit, List<PolicyInfo> policies) {
        Table.Builder table =
                Table.of("Policies", "Prefix", "Owner", "Group", "May create and delete", "New values get");
        for (PolicyInfo policy : policies) {
            table.row(
                    policy.prefix().isEmpty() ? Cell.text("everywhere else") : Cell.code(policy.prefix()),
                    Cell.text(policy.owner() == null ? "nobody" : policy.owner()),
                    Cell.text(policy.group() == null ? "none" : policy.group()),
                    Cell.code(policy.mode()),
                    Cell.code(policy.valueMode()));
        }
        return Section.of(
                        "policies",
                        "Policies",
                        "Who may create below a prefix, and what new values get. The longest prefix counts.")
                .table(table.build(), new Empty("There are none.", "", "", ""))
                .lines(List.of(Links.kvsctl(visit, "policy", "list")));
    }
}
