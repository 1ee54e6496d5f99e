package dev.kvs.console.page;

import dev.kvs.client.ListQuery;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.FormView;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Pager;
import dev.kvs.console.view.Table;
import dev.kvs.console.web.Form;
import dev.kvs.wire.Child;
import dev.kvs.wire.Children;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /keys}: the tree of prefixes beside a page of what lies below one, or a page of keys that begin with a text. */
public final class KeysPage implements Page {
    private static final int LIMIT = 100;

    /** Directories that one level of the tree shows. */
    private static final int BRANCHES = 40;

    /**
     * A prefix in the tree.
     *
     * @param open whether what is below it is shown
     * @param here whether it is the page's own
     */
    public record Branch(String name, String href, boolean open, boolean here, List<Branch> below) {}

    /** A prefix on the way to the page's own. */
    public record Crumb(String name, String href) {}

    /**
     * What the page shows.
     *
     * @param search what is looked for, in words; empty for what lies below the prefix
     * @param exportHref where all of it can be kept as a file; empty where it cannot
     */
    public record Model(
            String prefix,
            String search,
            List<Crumb> crumbs,
            List<Branch> tree,
            Table table,
            Pager pager,
            @Nullable Empty empty,
            String exportHref,
            String line,
            FormView form,
            List<Cell> marked,
            List<Cell> recent) {
        /** Empty where there is nothing to delete, and for everything at once. */
        public String deleteHref() {
            return prefix.isEmpty() || empty != null ? "" : Links.deletion(prefix);
        }

        public String writeHref() {
            return "/key/edit" + Form.query("prefix", prefix);
        }
    }

    private final Shelf shelf;

    KeysPage(Shelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public Outcome answer(Visit visit) {
        Optional<KeySearch> search = KeySearch.of(visit.query());
        if (search.isPresent()) {
            return Outcome.live(
                    "keys", search.get().title(), "Keys", search.get().page(visit));
        }
        String prefix = visit.query().text("prefix");
        Model model = children(visit, prefix, visit.query().text("after"));
        return Outcome.live("keys", prefix.isEmpty() ? "Keys" : prefix, "Keys", model);
    }

    private static List<Cell> links(List<String> keys) {
        return keys.stream().map(key -> Cell.code(key).to(Links.key(key))).toList();
    }

    private Model children(Visit visit, String prefix, String after) {
        Children page = visit.kvs().ls(prefix, new ListQuery(LIMIT, after.isEmpty() ? null : after, true));
        Table.Builder table = Table.of(
                "Below " + (prefix.isEmpty() ? "the root" : prefix), "Key", "Size", "Written", "By", "Expires");
        for (Child child : page.children()) {
            String key = prefix.isEmpty() ? child.subkey() : prefix + "/" + child.subkey();
            if (child.directory()) {
                table.row(
                        Cell.code(child.subkey() + "/").to(Links.keys(key)),
                        Cell.badge(Badge.calm("prefix")),
                        Cell.none(),
                        Cell.none(),
                        Cell.none());
            }
            if (child.hasValue()) {
                table.row(row(visit, key, child));
            }
        }
        String next = page.next() == null ? "" : "/keys" + Form.query("prefix", prefix, "after", page.next());
        String total = page.total() != null
                ? Numbers.grouped(page.total())
                : "more than " + Numbers.grouped(page.totalAtLeast() == null ? 0 : page.totalAtLeast());
        Table done = table.build();
        return new Model(
                prefix,
                "",
                crumbs(prefix),
                tree(visit, prefix, after.isEmpty() ? page : null),
                done,
                new Pager(
                        after.isEmpty() ? "" : Links.keys(prefix),
                        next,
                        page.children().size() + " of " + total),
                done.isEmpty() ? nothing(visit, prefix) : null,
                done.isEmpty() ? "" : ExportFeed.href(prefix.isEmpty() ? "" : prefix + "/"),
                prefix.isEmpty() ? Links.kvsctl(visit, "ls") : Links.kvsctl(visit, "ls", prefix),
                KeySearch.form(visit),
                prefix.isEmpty() ? links(shelf.marked(visit.who())) : List.of(),
                prefix.isEmpty() ? links(shelf.recent(visit.who())) : List.of());
    }

    private static Cell[] row(Visit visit, String key, Child child) {
        Child.Metadata about = child.metadata();
        return new Cell[] {
            Cell.code(child.subkey()).to(Links.key(key)),
            about == null ? Cell.none() : Cell.number(Numbers.bytes(about.size())),
            Numbers.when(child.timestamp(), visit.now()),
            about == null ? Cell.none() : Cell.text(about.origin()),
            about == null ? Cell.none() : Numbers.when(about.expiresAt(), visit.now())
        };
    }

    private static Empty nothing(Visit visit, String prefix) {
        String key = prefix.isEmpty() ? "hello" : prefix + "/hello";
        return new Empty(
                prefix.isEmpty()
                        ? "Nothing is stored yet that you may see. A key is a path such as users/ada; its value is a"
                                + " JSON document."
                        : "Nothing lies below " + prefix + " that you may see.",
                "Write a key",
                "/key/edit" + Form.query("prefix", prefix),
                Links.kvsctl(visit, "put", key, "{\"to\":\"world\"}"));
    }

    static Model found(Visit visit, KeySearch search, Table table, Pager pager, @Nullable Empty empty) {
        return new Model(
                "",
                search.title(),
                List.of(),
                tree(visit, "", null),
                table,
                pager,
                empty,
                search.exportHref(table),
                search.line(visit),
                KeySearch.form(visit),
                List.of(),
                List.of());
    }

    static List<Crumb> crumbs(String prefix) {
        List<Crumb> crumbs = new ArrayList<>();
        int end = 0;
        while (!prefix.isEmpty() && end >= 0 && end <= prefix.length()) {
            int slash = prefix.indexOf('/', end);
            String upTo = slash < 0 ? prefix : prefix.substring(0, slash);
            crumbs.add(new Crumb(upTo.substring(end), Links.keys(upTo)));
            end = slash < 0 ? -1 : slash + 1;
        }
        return crumbs;
    }

    /** Every level from the root to the prefix; only what is on the way is open. What is {@code known} is not asked again. */
    private static List<Branch> tree(Visit visit, String prefix, @Nullable Children known) {
        return level(visit, "", prefix, known);
    }

    private static List<Branch> level(Visit visit, String above, String target, @Nullable Children known) {
        List<Branch> branches = new ArrayList<>();
        boolean seen = target.isEmpty() || target.equals(above);
        Children here =
                known != null && target.equals(above) ? known : visit.kvs().ls(above, ListQuery.FIRST);
        for (Child child : here.children()) {
            if (!child.directory() || branches.size() >= BRANCHES) {
                continue;
            }
            Branch branch = branch(visit, join(above, child.subkey()), child.subkey(), target, known);
            seen |= branch.open();
            branches.add(branch);
        }
        if (!seen) {
            String rest = above.isEmpty() ? target : target.substring(above.length() + 1);
            int slash = rest.indexOf('/');
            String name = slash < 0 ? rest : rest.substring(0, slash);
            branches.add(branch(visit, join(above, name), name, target, known));
        }
        return branches;
    }

    private static Branch branch(Visit visit, String path, String name, String target, @Nullable Children known) {
        boolean open = target.equals(path) || target.startsWith(path + "/");
        List<Branch> below = open ? level(visit, path, target, known) : List.of();
        return new Branch(name, Links.keys(path), open, target.equals(path), below);
    }

    private static String join(String above, String name) {
        return above.isEmpty() ? name : above + "/" + name;
    }
}
