package dev.kvs.console.page;

import dev.kvs.client.KvsClientException;
import dev.kvs.client.Value;
import dev.kvs.client.WriteOptions;
import dev.kvs.console.json.JsonPaths;
import dev.kvs.console.json.JsonText;
import dev.kvs.console.json.LineDifference;
import dev.kvs.console.web.Form;
import dev.kvs.wire.Durations;
import dev.kvs.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code /key/edit}: writing a value. What was typed is checked and laid out here, shown as a difference before it is saved, and
 * saved only over the version that it was typed over. Whatever goes wrong, the typed text comes back.
 */
public final class KeyEdit implements Page {
    private static final int SERVER_ERROR = 500;

    /**
     * What is being edited.
     *
     * @param fresh whether the key can still be chosen
     * @param base the version that it was typed over; empty for none
     * @param ttl how long it shall live; empty for the node's default
     */
    public record Draft(String key, boolean fresh, String text, String base, String ttl) {
        static Draft of(Form form) {
            boolean fresh = form.text("fresh").equals("yes");
            return new Draft(
                    fresh ? form.text("k").strip() : form.text("k"),
                    fresh,
                    form.text("text").replace("\r\n", "\n"),
                    form.text("base"),
                    form.text("ttl").strip());
        }

        Draft with(String otherText, String otherBase) {
            return new Draft(key, fresh, otherText, otherBase, ttl);
        }

        public String cancel() {
            return fresh || key.isEmpty() ? "/keys" : Links.key(key);
        }
    }

    /** The editor. */
    public record Editor(Draft draft, String problem, String line) {}

    /** The difference before it is saved. */
    public record Review(Draft draft, List<LineDifference.Line> lines, boolean created) {}

    /** A place of the document in the three versions. */
    public record Row(
            String pointer,
            @Nullable String base,
            @Nullable String theirs,
            @Nullable String mine,
            String note) {}

    /**
     * Somebody else was faster.
     *
     * @param note what the rows leave out; empty for nothing
     */
    public record Stale(
            Draft draft, boolean deleted, boolean baseKept, List<Row> rows, String note, String theirText) {}

    @Override
    public Outcome answer(Visit visit) {
        if (!visit.request().isPost()) {
            return open(visit);
        }
        Draft draft = Draft.of(visit.form());
        Optional<String> problem = problem(draft);
        if (problem.isPresent()) {
            return editor(400, visit, draft, problem.get());
        }
        try {
            return switch (visit.form().text("do")) {
                case "format" -> editor(200, visit, draft.with(JsonText.format(draft.text()), draft.base()), "");
                case "save" -> save(visit, draft, Links.key(draft.key()));
                case "save-on" -> save(visit, draft, "/key/edit" + Form.query("k", draft.key()));
                case "edit" -> editor(200, visit, draft, "");
                default -> review(visit, draft);
            };
        } catch (KvsClientException failed) {
            return kept(visit, draft, failed);
        } catch (IllegalArgumentException badKey) {
            return editor(400, visit, draft, "Not saved: " + badKey.getMessage());
        }
    }

    /** The editor again with what was typed, and what went wrong. */
    private static Outcome kept(Visit visit, Draft draft, KvsClientException failed) {
        if (failed instanceof KvsClientException.Refused refused) {
            if (refused.is(ErrorCode.UNAUTHORIZED)) {
                // The session is over: whoever asked for this page asks for a login, and keeps the text.
                throw refused;
            }
            return editor(refused.status(), visit, draft, "Not saved. " + refused.detail());
        }
        String what = failed.outcomeUnknown()
                ? "It is not known whether this was saved: "
                : "Not saved, and nothing of your text is lost: ";
        return editor(SERVER_ERROR + 3, visit, draft, what + failed.getMessage());
    }

    private static Outcome open(Visit visit) {
        String key = visit.query().text("k");
        String prefix = visit.query().text("prefix");
        String original = visit.query().text("copy");
        if (!original.isEmpty()) {
            String text = visit.kvs().get(original).map(Value::text).orElse("null");
            return editor(200, visit, new Draft(original + "-copy", true, JsonText.format(text), "", ""), "");
        }
        if (key.isEmpty()) {
            String suggested = prefix.isEmpty() ? "" : prefix + "/";
            return editor(200, visit, new Draft(suggested, true, "{\n  \n}", "", ""), "");
        }
        Optional<Value> value = visit.kvs().get(key);
        Draft draft = value.map(now -> new Draft(
                        key, false, JsonText.format(now.text()), now.uuid().toString(), ""))
                .orElseGet(() -> new Draft(key, true, "{\n  \n}", "", ""));
        return editor(200, visit, draft, "");
    }

    private static Optional<String> problem(Draft draft) {
        if (draft.key().isEmpty()) {
            return Optional.of("A key is missing: a path such as users/ada.");
        }
        if (!draft.ttl().isEmpty() && !Durations.isValid(draft.ttl())) {
            return Optional.of("The time to live is a number with a unit, such as 15m, 1h or 7d, or 0 for ever.");
        }
        return JsonText.problem(draft.text()).map(why -> "The text is not valid JSON. " + why);
    }

    private static Outcome editor(int status, Visit visit, Draft draft, String problem) {
        String title = draft.fresh() ? "Write a key" : "Edit " + draft.key();
        String line = Links.kvsctl(visit, "put", draft.key().isEmpty() ? "KEY" : draft.key(), "@file.json");
        return new Outcome.View(status, "key-edit", title, "Keys", new Editor(draft, problem, line), false);
    }

    private static Outcome review(Visit visit, Draft draft) {
        Optional<String> before = before(visit, draft);
        String old = before.map(JsonText::format).orElse("");
        List<LineDifference.Line> lines = LineDifference.of(old, JsonText.format(draft.text()));
        if (lines.isEmpty() && draft.ttl().isEmpty()) {
            return Outcome.done(Links.key(draft.key()), Notice.UNCHANGED);
        }
        Review review = new Review(draft, lines, draft.base().isEmpty());
        return Outcome.view("key-review", "Review " + draft.key(), "Keys", review);
    }

    private static Optional<String> before(Visit visit, Draft draft) {
        return base(draft)
                .flatMap(uuid -> visit.kvs().revision(draft.key(), uuid))
                .map(Value::text);
    }

    static Optional<UUID> base(Draft draft) {
        try {
            return draft.base().isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(draft.base()));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static Outcome save(Visit visit, Draft draft, String next) {
        WriteOptions options =
                base(draft).map(WriteOptions.NONE::withIfMatch).orElseGet(WriteOptions.NONE::withIfAbsent);
        if (!draft.ttl().isEmpty()) {
            options = options.withTtl(Durations.parse(draft.ttl()));
        }
        try {
            visit.kvs().put(draft.key(), draft.text(), options);
            return Outcome.done(next, Notice.SAVED);
        } catch (KvsClientException.Refused refused) {
            if (refused.is(ErrorCode.PRECONDITION_FAILED)) {
                return stale(visit, draft);
            }
            throw refused;
        }
    }

    /** The three versions side by side; saving again is saving over theirs. */
    private static Outcome stale(Visit visit, Draft draft) {
        Optional<Value> theirs = visit.kvs().get(draft.key());
        Optional<String> base = before(visit, draft);
        List<@Nullable String> three = new ArrayList<>();
        three.add(base.orElse(null));
        three.add(theirs.map(Value::text).orElse(null));
        three.add(draft.text());
        JsonPaths.SideBySide compared = JsonPaths.sideBySide(three);
        List<Row> rows = compared.differing().stream()
                .map(place -> row(place, base.isPresent()))
                .toList();
        Draft over = draft.with(
                draft.text(), theirs.map(value -> value.uuid().toString()).orElse(""));
        Stale model = new Stale(
                over,
                theirs.isEmpty(),
                base.isPresent(),
                rows,
                compared.note(),
                theirs.map(value -> JsonText.format(value.text())).orElse(""));
        return new Outcome.View(412, "key-stale", "Changed meanwhile: " + draft.key(), "Keys", model, false);
    }

    private static Row row(JsonPaths.Place place, boolean baseKept) {
        @Nullable String base = place.values().get(0);
        @Nullable String theirs = place.values().get(1);
        @Nullable String mine = place.values().get(2);
        String note = !baseKept
                ? "differs"
                : java.util.Objects.equals(theirs, mine)
                        ? "both the same"
                        : java.util.Objects.equals(base, theirs)
                                ? "changed by you"
                                : java.util.Objects.equals(base, mine) ? "changed by them" : "changed by both";
        return new Row(place.pointer().isEmpty() ? "(the whole)" : place.pointer(), base, theirs, mine, note);
    }
}
