package dev.kvs.console.page;

import dev.kvs.client.Value;
import dev.kvs.console.json.JsonText;
import dev.kvs.console.view.Action;
import dev.kvs.console.view.Badge;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Empty;
import dev.kvs.console.view.Fact;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.web.Form;
import dev.kvs.wire.Explanation;
import dev.kvs.wire.History;
import dev.kvs.wire.Metadata;
import dev.kvs.wire.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /key}: one key with its value, its revisions, why it stands as it does, who holds it, and the lines for a shell. */
public final class KeyView implements Page {
    /** More of a document than this is downloaded rather than read. */
    static final int SHOWN_CHARS = 200_000;

    /** A revision and what can be done with it. */
    public record RevisionRow(
            String uuid,
            Cell when,
            String origin,
            String size,
            List<Badge> badges,
            String href,
            boolean first,
            boolean second) {}

    /** What the page shows. */
    public record Model(
            String key,
            List<KeysPage.Crumb> crumbs,
            @Nullable String text,
            boolean shortened,
            String uuid,
            List<Fact> facts,
            List<RevisionRow> revisions,
            List<String> why,
            String verdict,
            String conflict,
            @Nullable Empty empty,
            String editHref,
            String rawHref,
            String copyHref,
            String moveHref,
            Action bookmark,
            Action delete,
            List<Section> surroundings,
            List<String> lines) {}

    private final Shelf shelf;

    KeyView(Shelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public Outcome answer(Visit visit) {
        String key = visit.query().text("k");
        Optional<Value> value = visit.kvs().get(key);
        Optional<History> history = visit.kvs().history(key);
        Optional<Explanation> explanation =
                history.isEmpty() ? Optional.empty() : visit.kvs().explain(key);
        List<RevisionRow> revisions = history.map(all -> rows(visit, key, all)).orElse(List.of());
        @Nullable String text = value.map(now -> JsonText.format(now.text())).orElse(null);
        boolean shortened = text != null && text.length() > SHOWN_CHARS;
        Model model = new Model(
                key,
                KeysPage.crumbs(key),
                text == null ? null : text.substring(0, Math.min(SHOWN_CHARS, text.length())),
                shortened,
                value.map(now -> now.uuid().toString()).orElse(""),
                value.map(now -> facts(visit, key, now)).orElse(List.of()),
                revisions,
                explanation.map(Explanation::steps).orElse(List.of()),
                explanation.map(Explanation::verdict).orElse(""),
                explanation
                        .filter(why -> why.conflict() != null)
                        .map(why -> "/conflict" + Form.query("id", String.valueOf(why.conflict())))
                        .orElse(""),
                value.isPresent() ? null : nothing(visit, key, revisions),
                "/key/edit" + Form.query("k", key),
                "/key/raw" + Form.query("k", key),
                "/key/edit" + Form.query("copy", key),
                Links.moving(key),
                bookmarking(visit, key),
                Action.danger("Delete", "/key/delete", Map.of("k", key)),
                KeySurroundings.of(visit, key, value),
                List.of(Links.curl(visit, key), Links.kvsctl(visit, "get", key), Links.kvsctl(visit, "history", key)));
        if (value.isPresent() && !visit.request().isRefresh()) {
            shelf.lookedAt(visit.who(), key);
        }
        return Outcome.live("key", key, "Keys", model);
    }

    private Action bookmarking(Visit visit, String key) {
        boolean marked = shelf.isMarked(visit.who(), key);
        return Action.plain(
                marked ? "Remove the bookmark" : "Bookmark",
                "/key/bookmark",
                Map.of("k", key, "marked", String.valueOf(!marked)));
    }

    /** {@code /key/bookmark}. */
    Outcome bookmark(Visit visit) {
        String key = visit.form().text("k");
        shelf.mark(visit.who(), key, visit.form().text("marked").equals("true"));
        return Outcome.done(Links.key(key), Notice.CHANGED);
    }

    private static Empty nothing(Visit visit, String key, List<RevisionRow> revisions) {
        String what = revisions.isEmpty()
                ? "Nothing is stored under this key that you may see."
                : "The value was deleted or has expired. Its revisions below can be restored.";
        return new Empty(what, "Write it", "/key/edit" + Form.query("k", key), Links.kvsctl(visit, "put", key, "{}"));
    }

    private static List<Fact> facts(Visit visit, String key, Value value) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Version", Cell.code(value.uuid().toString())));
        facts.add(new Fact("Written", Numbers.when(value.timestamp(), visit.now())));
        facts.add(new Fact("Size", Cell.number(Numbers.bytes(value.json().utf8().length))));
        facts.add(new Fact(
                "Expires",
                value.expiresAt() == null ? Cell.text("never") : Numbers.when(value.expiresAt(), visit.now())));
        if (visit.isGuarded()) {
            Optional<Metadata> about = visit.kvs().access().metadata(key);
            about.ifPresent(metadata -> {
                facts.add(new Fact("Owner", Cell.text(orNobody(metadata.owner()))));
                facts.add(new Fact("Group", Cell.text(metadata.group() == null ? "none" : metadata.group())));
                facts.add(new Fact("Permissions", Cell.code(metadata.mode()).to("/key/access" + Form.query("k", key))));
            });
        }
        return facts;
    }

    private static String orNobody(@Nullable String name) {
        return name == null ? "nobody" : name;
    }

    private static List<RevisionRow> rows(Visit visit, String key, History history) {
        List<RevisionRow> rows = new ArrayList<>();
        for (Revision revision : history.revisions()) {
            List<Badge> badges = new ArrayList<>();
            if (revision.current()) {
                badges.add(Badge.good("current"));
            }
            if (revision.lostConflict()) {
                badges.add(Badge.warn("lost a conflict"));
            }
            if (!revision.hasDocument()) {
                badges.add(Badge.calm(revision.kind().equals(Revision.TOMBSTONE) ? "deleted" : "no document"));
            }
            rows.add(new RevisionRow(
                    revision.uuid().toString(),
                    Numbers.when(revision.timestamp(), visit.now()),
                    revision.origin(),
                    revision.size() == null ? "–" : Numbers.bytes(revision.size()),
                    badges,
                    revision.hasDocument()
                            ? "/key/revision"
                                    + Form.query("k", key, "r", revision.uuid().toString())
                            : "",
                    rows.size() == 1,
                    rows.isEmpty()));
        }
        return rows;
    }

    /** {@code /key/raw}: the bytes as they are stored. */
    static Outcome raw(Visit visit) {
        String key = visit.query().text("k");
        return visit.kvs()
                .get(key)
                .<Outcome>map(value -> new Outcome.Text("text/plain; charset=utf-8", value.text()))
                .orElseGet(() -> Outcome.done(Links.key(key), Notice.NONE));
    }
}
