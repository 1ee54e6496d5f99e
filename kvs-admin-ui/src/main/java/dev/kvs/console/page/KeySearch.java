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
import dev.kvs.wire.RangePage;
import dev.kvs.wire.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is looked for among the keys: those that begin with a text, or look like a pattern, and whose document has something at a
 * place. What no index answers is looked at key by key, some at a time: a page says how many it has looked at, and the next one
 * goes on.
 *
 * @param text of the key: its beginning, or a pattern with {@code *} (within a segment), {@code **} and {@code ?}
 * @param at a place in the document, an RFC 6901 pointer; empty for any document
 * @param is what stands there, as in the document or, of a string, what it says; empty for anything
 */
record KeySearch(String text, String at, String is) {
    private static final int LIMIT = 100;

    /** Keys that a page looks at. */
    private static final int LOOKED_AT = 1_000;

    /** The same when their documents are looked into. */
    private static final int READ = 200;

    private static final int SHOWN_CHARS = 80;

    /** Behind every character that a key may hold. */
    private static final String LAST = "\uDBFF\uDFFF";

    /** What a visitor asks for; empty for nothing. */
    static Optional<KeySearch> of(Form query) {
        KeySearch asked = new KeySearch(
                query.text("q").strip(),
                query.text("at").strip(),
                query.text("is").strip());
        if (!asked.at.isEmpty() && !asked.at.startsWith("/")) {
            throw new IllegalArgumentException("a place is a JSON pointer such as /address/city, not " + asked.at);
        }
        return asked.text.isEmpty() && asked.at.isEmpty() ? Optional.empty() : Optional.of(asked);
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
        return at.isEmpty() ? keys : keys + (is.isEmpty() ? " that have " + at : " with " + is + " at " + at);
    }

    private String href(String after) {
        return "/keys" + Form.query("q", text, "at", at, "is", is, "after", after);
    }

    /** The form that asks for it. */
    static FormView form(Form query) {
        return new FormView(
                "/keys",
                false,
                "search",
                "Search",
                List.of(
                        Field.text(
                                "q",
                                "Keys like",
                                query.text("q"),
                                "A beginning, or a pattern: * within a segment, ** across, ? for one character."),
                        Field.text(
                                "at", "With a document that has", query.text("at"), "A place, such as /address/city."),
                        Field.text("is", "And there says", query.text("is"), "Empty for anything.")));
    }

    KeysPage.Model page(Visit visit) {
        String after = visit.query().text("after");
        boolean indexed = !isPattern() && at.isEmpty();
        RangeQuery range = beginning().isEmpty() ? RangeQuery.ALL : RangeQuery.between(beginning(), beginning() + LAST);
        RangeQuery query = range.withLimit(indexed ? LIMIT : at.isEmpty() ? LOOKED_AT : READ)
                .withAfter(after.isEmpty() ? null : after);
        RangePage page = visit.kvs().range(at.isEmpty() ? query.withKeysOnly() : query);
        Table.Builder table = at.isEmpty()
                ? Table.of(title(), "Key", "Written", "Expires")
                : Table.of(title(), "Key", "At " + at, "Written");
        Pattern pattern = pattern(text);
        int found = 0;
        for (RangePage.Entry entry : page.entries()) {
            if ((!isPattern() || pattern.matcher(entry.key()).matches()) && add(table, visit, entry)) {
                found++;
            }
        }
        String shown = Numbers.grouped(found) + (found == 1 ? " key" : " keys");
        String looked = indexed
                ? shown
                : shown + " among the " + Numbers.grouped(page.entries().size()) + " looked at";
        Table done = table.build();
        return KeysPage.found(
                visit,
                this,
                done,
                new Pager(after.isEmpty() ? "" : href(""), page.next() == null ? "" : href(page.next()), looked),
                done.isEmpty() ? nothing(visit, page) : null);
    }

    private boolean add(Table.Builder table, Visit visit, RangePage.Entry entry) {
        Cell key = Cell.code(entry.key()).to(Links.key(entry.key()));
        Cell written = Numbers.when(entry.timestamp(), visit.now());
        if (at.isEmpty()) {
            table.row(key, written, Numbers.when(entry.expiresAt(), visit.now()));
            return true;
        }
        RawJson document = entry.data();
        String there = document == null ? null : there(JsonPaths.of(document.text()));
        if (there == null) {
            return false;
        }
        table.row(
                key, Cell.code(there.length() > SHOWN_CHARS ? there.substring(0, SHOWN_CHARS) + "…" : there), written);
        return true;
    }

    /** What stands at the place, if it is what is asked for; an object or an array is there when something in it is. */
    private @org.jspecify.annotations.Nullable String there(Map<String, String> places) {
        String value = places.get(at);
        if (value != null) {
            return is.isEmpty() || value.equals(is) || value.equals('"' + is + '"') ? value : null;
        }
        boolean holdsMore = is.isEmpty() && places.keySet().stream().anyMatch(place -> place.startsWith(at + "/"));
        return holdsMore ? "…" : null;
    }

    private Empty nothing(Visit visit, RangePage page) {
        if (page.next() != null) {
            return new Empty(
                    "Nothing fits among these; there are more to look at.", "Look further", href(page.next()), "");
        }
        return at.isEmpty() && !isPattern()
                ? new Empty(
                        "No key that you may see begins with " + text + ".",
                        "Write it",
                        "/key/edit" + Form.query("k", text),
                        Links.kvsctl(visit, "put", text, "{}"))
                : new Empty("No key that you may see fits.", "All keys", "/keys", Links.kvsctl(visit, "find"));
    }

    String line(Visit visit) {
        return text.isEmpty() || isPattern()
                ? Links.kvsctl(visit, "ls", "-r")
                : Links.kvsctl(visit, "range", "--start", text, "--end", text + "~");
    }
}
