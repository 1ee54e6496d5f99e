package dev.kvs.console.page;

import dev.kvs.client.KvsClient;
import dev.kvs.client.Value;
import dev.kvs.client.WriteOptions;
import dev.kvs.console.json.JsonText;
import dev.kvs.console.json.LineDifference;
import dev.kvs.console.view.Action;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a key was: one revision, two side by side, and bringing one back. Also ending the key. */
public final class KeyRevisions {
    private KeyRevisions() {}

    /** One side of the comparison; its text is null when it is not kept, or has no document. */
    public record Side(
            String title,
            String uuid,
            @Nullable Cell when,
            @Nullable String text) {}

    /** Two versions and what changed from the one to the other. */
    public record Model(
            String key,
            String back,
            Side before,
            Side after,
            List<LineDifference.Line> lines,
            @Nullable Action restore) {
        public List<Side> sides() {
            return List.of(before, after);
        }
    }

    /** {@code /key/revision}: an old one against the current one, with the button that brings it back. */
    static Outcome revision(Visit visit) {
        String key = visit.query().text("k");
        Optional<Value> current = visit.kvs().get(key);
        String old = visit.query().text("r");
        Side before = side("Current", visit, current);
        Side after = side("Revision", visit, find(visit.kvs(), key, old));
        boolean isCurrent = before.uuid().equals(after.uuid());
        return Outcome.view(
                "key-compare",
                "Revision of " + key,
                "Keys",
                new Model(
                        key,
                        Links.key(key),
                        before,
                        after,
                        lines(before, after),
                        after.text() == null || isCurrent ? null : restoring(key, old, before.uuid())));
    }

    /** {@code /key/compare}: any two. */
    static Outcome compare(Visit visit) {
        String key = visit.query().text("k");
        Side before = side("From", visit, find(visit.kvs(), key, visit.query().text("a")));
        Side after = side("To", visit, find(visit.kvs(), key, visit.query().text("b")));
        return Outcome.view(
                "key-compare",
                "Compare revisions of " + key,
                "Keys",
                new Model(key, Links.key(key), before, after, lines(before, after), null));
    }

    private static Action restoring(String key, String revision, String base) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("k", key);
        fields.put("r", revision);
        fields.put("base", base);
        return Action.main("Restore this revision", "/key/restore", fields);
    }

    private static List<LineDifference.Line> lines(Side before, Side after) {
        return LineDifference.of(before.text() == null ? "" : before.text(), after.text() == null ? "" : after.text());
    }

    private static Side side(String title, Visit visit, Optional<Value> value) {
        return value.map(found -> new Side(
                        title,
                        found.uuid().toString(),
                        Numbers.when(found.timestamp(), visit.now()),
                        JsonText.format(found.text())))
                .orElseGet(() -> new Side(title, "", null, null));
    }

    static Optional<Value> find(KvsClient kvs, String key, String revision) {
        return uuid(revision).flatMap(known -> kvs.revision(key, known));
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /** {@code /key/restore}: an old document as a new version, over the version that was looked at. */
    static Outcome restore(Visit visit) {
        String key = visit.form().text("k");
        WriteOptions options = uuid(visit.form().text("base"))
                .map(WriteOptions.NONE::withIfMatch)
                .orElse(WriteOptions.NONE);
        uuid(visit.form().text("r")).ifPresent(revision -> visit.kvs().restore(key, revision, options));
        return Outcome.done(Links.key(key), Notice.RESTORED);
    }

    /** {@code /key/delete}. */
    static Outcome delete(Visit visit) {
        String key = visit.form().text("k");
        if (!Page.isConfirmed(visit)) {
            return Page.ask(
                    "Keys",
                    new Page.Confirmation(
                            "Delete " + key + "?",
                            "The value disappears on every member. Its revisions are kept for a while and can be"
                                    + " restored from this key's page.",
                            Action.danger("Delete", "/key/delete", Map.of("k", key)),
                            Links.key(key)));
        }
        visit.kvs().delete(key);
        return Outcome.done(Links.key(key), Notice.DELETED);
    }
}
