package dev.kvs.console.page;

import dev.kvs.client.RangeQuery;
import dev.kvs.console.json.JsonPaths;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Field;
import dev.kvs.console.view.FormView;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Pager;
import dev.kvs.console.view.Table;
import dev.kvs.console.web.Form;
import dev.kvs.wire.Metadata;
import dev.kvs.wire.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for among the keys: those that begin with a text, or look like a pattern, and whose document has something at a
 * place. What no index answers is looked at key by key, some at a time: a page says how many it has looked at, and the next one
 * goes on.
 *
 * @param text of the key: its beginning, or a pattern with {@code *} (within a segment), {@code **} and {@code ?}
 * @param at a place in the document, an RFC 6901 pointer; empty for any document
 * @param is what stands there, as in the document or, of a string, what it says; empty for anything
 * @param filter what else is asked of the value
 */
record KeySearch(String text, String at, String is, KeyFilter filter) {
    private static final int LIMIT = 100;

    /** Keys that a page looks at. */
    private static final int LOOKED_AT = 1_000;

    /** The same when their documents are read, or each is asked for by itself. */
    private static final int READ = 200;

    private static final int SHOWN_CHARS = 80;

    /** Behind every character that a key may hold. */
    private static final String LAST = "\uDBFF\uDFFF";

    /** What a visitor asks for; empty for nothing. */
    static Optional<KeySearch> of(Form query) {
        KeySearch asked = new KeySearch(
                query.text("q").strip(),
                query.text("at").strip(),
                query.text("is").strip(),
                KeyFilter.of(query));
        if (!asked.at.isEmpty() && !asked.at.startsWith("/")) {
            throw new IllegalArgumentException("a place is a JSON pointer such as /address/city, not " + asked.at);
        }
        boolean nothing = asked.text.isEmpty() && asked.at.isEmpty() && asked.filter.isEmpty();
        return nothing ? Optional.empty() : Optional.of(asked);
    }

    private boolean isPattern() {
        return text.contains("*") || text.contains("?");
    }

    /** What every key that fits begins with. */
    private String beginning() {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '*' && text.charAt(end) != '?') {
            end++;
        }
        return text.substring(0, end);
    }

    /** The pattern as a regular expression. */
    static Pattern pattern(String glob) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                expression.append(".*");
                i++;
            } else {
                expression.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }

    String title() {
        String keys = text.isEmpty() ? "Keys" : isPattern() ? "Keys like " + text : "Keys that begin with " + text;
        String content = at.isEmpty() ? "" : is.isEmpty() ? " that have " + at : " with " + is + " at " + at;
        return keys + content + filter.words();
    }

    private String href(String after) {
        List<String> pairs = new ArrayList<>(List.of("q", text, "at", at, "is", is));
        pairs.addAll(filter.query());
        pairs.addAll(List.of("after", after));
        return "/keys" + Form.query(pairs.toArray(String[]::new));
    }

    /** The form that asks for it. */
    static FormView form(Visit visit) {
        Form query = visit.query();
        List<Field> fields = new ArrayList<>(List.of(
                Field.text(
                        "q",
                        "Keys like",
                        query.text("q"),
                        "A beginning, or a pattern: * within a segment, ** across, ? for one character."),
                Field.text("at", "With a document that has", query.text("at"), "A place, such as /address/city."),
                Field.text("is", "And there says", query.text("is"), "Empty for anything.")));
        fields.addAll(KeyFilter.of(query).fields(visit.isGuarded()));
        return new FormView("/keys", false, "search", "Search", fields);
    }

    private boolean isIndexed() {
        return !isPattern() && at.isEmpty() && filter.isEmpty();
    }

    private Candidates candidates(Visit visit, @Nullable String after) {
        return switch (filter.which()) {
            case KeyFilter.CONFLICTED -> Candidates.conflicted(visit, beginning(), after);
            case KeyFilter.DELETED -> Candidates.deleted(visit, beginning(), after);
            default -> Candidates.stored(visit.kvs(), range().withAfter(after));
        };
    }

    private RangeQuery range() {
        RangeQuery range = beginning().isEmpty() ? RangeQuery.ALL : RangeQuery.between(beginning(), beginning() + LAST);
        if (isIndexed()) {
            return range.withLimit(LIMIT).withKeysOnly();
        }
        boolean reads = !at.isEmpty() || filter.readsDocuments();
        boolean costly = reads || !filter.owner().isEmpty();
        RangeQuery some = range.withLimit(costly ? READ : LOOKED_AT);
        return reads ? some : some.withKeysOnly();
    }

    KeysPage.Model page(Visit visit) {
        String after = visit.query().text("after");
        Candidates page = candidates(visit, after.isEmpty() ? null : after);
        Table.Builder table = at.isEmpty()
                ? Table.of(title(), "Key", filter.which().equals(KeyFilter.DELETED) ? "Deleted" : "Written", "Expires")
                : Table.of(title(), "Key", "At " + at, "Written");
        Pattern pattern = pattern(isPattern() ? text : text + "**");
        int found = 0;
        for (Candidates.Candidate one : page.all()) {
            boolean fits = pattern.matcher(one.key()).matches() && filter.fits(one, visit.now());
            if (fits && isOwned(visit, one) && add(table, visit, one)) {
                found++;
            }
        }
        String shown = Numbers.grouped(found) + (found == 1 ? " key" : " keys");
        String looked = isIndexed()
                ? shown
                : shown + " among the " + Numbers.grouped(page.all().size()) + " looked at";
        Table done = table.build();
        return KeysPage.found(
                visit,
                this,
                done,
                new Pager(after.isEmpty() ? "" : href(""), page.next() == null ? "" : href(page.next()), looked),
                done.isEmpty() ? nothing(visit, page) : null);
    }

    private boolean isOwned(Visit visit, Candidates.Candidate one) {
        return filter.owner().isEmpty()
                || visit.ifAllowed(() -> visit.kvs().access().metadata(one.key()))
                        .flatMap(about -> about.map(Metadata::owner))
                        .filter(filter.owner()::equals)
                        .isPresent();
    }

    private boolean add(Table.Builder table, Visit visit, Candidates.Candidate one) {
        Cell key = Cell.code(one.key()).to(Links.key(one.key()));
        Cell written = Numbers.when(one.timestamp(), visit.now());
        if (at.isEmpty()) {
            table.row(key, written, Numbers.when(one.expiresAt(), visit.now()));
            return true;
        }
        RawJson document = one.document();
        String there = document == null ? null : there(document.text());
        if (there == null) {
            return false;
        }
        table.row(
                key, Cell.code(there.length() > SHOWN_CHARS ? there.substring(0, SHOWN_CHARS) + "…" : there), written);
        return true;
    }

    /** What stands at the place, if it is what is asked for; an object or an array says nothing that could be asked for. */
    private @Nullable String there(String document) {
        return JsonPaths.at(document, at)
                .filter(value -> is.isEmpty() || value.equals(is) || value.equals('"' + is + '"'))
                .orElse(null);
    }

    private Empty nothing(Visit visit, Candidates page) {
        if (!page.refusal().isEmpty()) {
            return new Empty(page.refusal(), "All keys", "/keys", "");
        }
        if (page.next() != null) {
            return new Empty(
                    "Nothing fits among these; there are more to look at.", "Look further", href(page.next()), "");
        }
        return isIndexed()
                ? new Empty(
                        "No key that you may see begins with " + text + ".",
                        "Write it",
                        "/key/edit" + Form.query("k", text),
                        Links.kvsctl(visit, "put", text, "{}"))
                : new Empty("No key that you may see fits.", "All keys", "/keys", Links.kvsctl(visit, "find"));
    }

    /** Where all that is found can be kept as a file; empty when an export knows no such question. */
    String exportHref(Table found) {
        return isIndexed() && !found.isEmpty() ? ExportFeed.href(text) : "";
    }

    /** The command that looks for the same, or for a little more. */
    String line(Visit visit) {
        if (filter.which().equals(KeyFilter.CONFLICTED)) {
            return Links.kvsctl(visit, "conflict", "list");
        }
        if (filter.which().equals(KeyFilter.DELETED)) {
            return Links.kvsctl(visit, "audit", "search", "--kind", "delete");
        }
        int slash = beginning().lastIndexOf('/');
        List<String> words = new ArrayList<>(List.of("find"));
        if (slash > 0) {
            words.add(beginning().substring(0, slash));
        }
        String name = text.substring(slash + 1);
        if (!name.isEmpty() && !name.contains("/") && !name.contains("**")) {
            words.addAll(List.of("--name", isPattern() ? name : name + "*"));
        }
        words.addAll(filter.options());
        if (!at.isEmpty()) {
            words.addAll(List.of("--where", is.isEmpty() ? at : at + "=" + is));
        }
        return Links.kvsctl(visit, words.toArray(String[]::new));
    }
}
