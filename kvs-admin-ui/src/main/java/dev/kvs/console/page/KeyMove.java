package dev.kvs.console.page;

import dev.kvs.client.KvsClientException;
import dev.kvs.client.Value;
import dev.kvs.client.WriteOptions;
import dev.kvs.console.view.Action;
import dev.kvs.console.view.Cell;
import dev.kvs.console.view.Fact;
import dev.kvs.console.view.Field;
import dev.kvs.console.view.FormView;
import dev.kvs.console.view.Numbers;
import dev.kvs.console.view.Section;
import dev.kvs.console.view.Sheet;
import dev.kvs.wire.BatchOperation;
import dev.kvs.wire.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code /key/move}: gives a value another key. The new key is written and the old one ended in one batch, on the condition that
 * the value is still the one that was reviewed and that nothing is stored under the new key: the value is at no moment in both
 * places or in none, and no other value is lost.
 */
final class KeyMove {
    private KeyMove() {}

    /** Asks for the new key. */
    static Outcome ask(Visit visit) {
        String key = visit.query().text("k");
        return form(200, visit, key, key, "");
    }

    /** Shows what will be, and does it when that has been confirmed. */
    static Outcome move(Visit visit) {
        String key = visit.form().text("k");
        String to = visit.form().text("to").strip();
        if (to.isEmpty() || to.equals(key)) {
            return form(400, visit, key, to, "Name another key than " + key + ".");
        }
        try {
            Optional<Value> value = visit.kvs().get(key);
            if (value.isEmpty()) {
                return Outcome.done(Links.key(key), Notice.NONE);
            }
            if (visit.kvs().exists(to)) {
                return form(409, visit, key, to, "Something is stored under " + to + " already.");
            }
            return Page.isConfirmed(visit) ? save(visit, value.get(), to) : review(visit, value.get(), to);
        } catch (IllegalArgumentException badKey) {
            return form(400, visit, key, to, "Not moved: " + badKey.getMessage());
        }
    }

    private static Outcome form(int status, Visit visit, String key, String to, String problem) {
        Section section = Section.of("move", "Where to", "")
                .facts(List.of(new Fact("From", Cell.code(key).to(Links.key(key)))))
                .form(new FormView(
                        "/key/move",
                        true,
                        "move",
                        "Review the move",
                        List.of(
                                Field.hidden("k", key),
                                Field.text(
                                        "to", "New key", to, "A path such as users/ada; nothing may be there yet."))))
                .lines(List.of(Links.kvsctl(visit, "mv", key, to.equals(key) ? key + "-moved" : to)));
        return sheet(status, key, problem, section);
    }

    private static Outcome review(Visit visit, Value value, String to) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("k", value.key());
        fields.put("to", to);
        fields.put("base", value.uuid().toString());
        fields.put("sure", "yes");
        Section section = Section.of(
                        "review",
                        "Review",
                        "The value is written under the new key and ended under the old one, both at once or not at"
                                + " all; if somebody changes it before you move it, or writes the new key, nothing is"
                                + " moved and you are told. Its revisions stay with the old key, and its owner and"
                                + " permissions become those of a value that you write anew.")
                .facts(List.of(
                        new Fact("From", Cell.code(value.key()).to(Links.key(value.key()))),
                        new Fact("To", Cell.code(to)),
                        new Fact("Version", Cell.code(value.uuid().toString())),
                        new Fact("Size", Cell.number(Numbers.bytes(value.json().utf8().length))),
                        new Fact(
                                "Expires",
                                value.expiresAt() == null
                                        ? Cell.text("never")
                                        : Numbers.when(value.expiresAt(), visit.now()))))
                .actions(List.of(Action.main("Move it", "/key/move", fields)));
        return sheet(200, value.key(), "", section);
    }

    private static Outcome sheet(int status, String key, String problem, Section section) {
        String title = "Move " + key;
        return new Outcome.View(status, "sheet", title, "Keys", new Sheet(title, "", problem, List.of(section)), false);
    }

    private static Outcome save(Visit visit, Value value, String to) {
        UUID base = KeyRevisions.uuid(visit.form().text("base")).orElse(value.uuid());
        BatchOperation write = BatchOperation.put(to, value.text()).ttl(left(value.expiresAt(), visit.now()));
        BatchOperation end = BatchOperation.delete(value.key()).ifMatch(base);
        try {
            visit.kvs().batch(List.of(write.ifAbsent(), end), WriteOptions.NONE);
            return Outcome.done(Links.key(to), Notice.MOVED);
        } catch (KvsClientException.Refused refused) {
            String why = refused.is(ErrorCode.PRECONDITION_FAILED)
                    ? "Somebody has changed the value, or written the new key, meanwhile. Look at it and decide again."
                    : refused.detail();
            return form(refused.status(), visit, value.key(), to, "Not moved. " + why);
        }
    }

    /** What is left of a time to live; zero for a value that has none, since without one a node gives its default. */
    private static Duration left(@Nullable Long expiresAt, Instant now) {
        return expiresAt == null ? Duration.ZERO : Duration.ofMillis(Math.max(1, expiresAt - now.toEpochMilli()));
    }
}
