package dev.kvs.console.page;

import dev.kvs.console.view.Field;
import dev.kvs.console.web.Form;
import dev.kvs.wire.Durations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked of a value beside its key and its document. Every text is as it was typed, and empty for no such question.
 *
 * @param which one of {@link #STORED}, {@link #CONFLICTED} and {@link #DELETED}
 * @param newer written within this time
 * @param older not written within this time
 * @param expires expires within this time
 * @param larger of so many bytes at least, such as 500, 10k or 2M
 * @param owner whose it is
 */
record KeyFilter(String which, String newer, String older, String expires, String larger, String owner) {
    static final String STORED = "stored";
    static final String CONFLICTED = "in conflict";
    static final String DELETED = "deleted";

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kM]?)");
    private static final long THOUSAND = 1_000;

    /** Throws {@link IllegalArgumentException} when what was typed is no time or size. */
    KeyFilter {
        for (String time : List.of(newer, older, expires)) {
            if (!time.isEmpty()) {
                Durations.parse(time);
            }
        }
        if (!larger.isEmpty() && !SIZE.matcher(larger).matches()) {
            throw new IllegalArgumentException("a size is a number of bytes such as 500, 10k or 2M, not " + larger);
        }
    }

    static KeyFilter of(Form query) {
        String which = query.text("which");
        return new KeyFilter(
                which.equals(CONFLICTED) || which.equals(DELETED) ? which : STORED,
                query.text("newer").strip(),
                query.text("older").strip(),
                query.text("expires").strip(),
                query.text("larger").strip(),
                query.text("owner").strip());
    }

    boolean isEmpty() {
        return which.equals(STORED) && (newer + older + expires + larger + owner).isEmpty();
    }

    /** Whether the documents have to be read for it. */
    boolean readsDocuments() {
        return !larger.isEmpty();
    }

    /** Names and values in turn, for a query. */
    List<String> query() {
        return List.of(
                "which", which.equals(STORED) ? "" : which,
                "newer", newer,
                "older", older,
                "expires", expires,
                "larger", larger,
                "owner", owner);
    }

    List<Field> fields(boolean guarded) {
        List<Field> fields = new ArrayList<>(List.of(
                Field.choice("which", "Which are", which, List.of(STORED, CONFLICTED, DELETED)),
                Field.text("newer", "Written within", newer, "A number and a unit: 90s, 15m, 1h, 7d."),
                Field.text("older", "Not written within", older, ""),
                Field.text("expires", "Expiring within", expires, ""),
                Field.text("larger", "Of so many bytes at least", larger, "Such as 500, 10k or 2M.")));
        if (guarded) {
            fields.add(Field.text("owner", "Owned by", owner, "The name of a user."));
        }
        return fields;
    }

    /** Ends the title of what is looked for. */
    String words() {
        return (which.equals(STORED) ? "" : ", " + which)
                + words("written within ", newer)
                + words("not written within ", older)
                + words("expiring within ", expires)
                + words("of at least ", larger.isEmpty() ? "" : larger + " bytes")
                + words("owned by ", owner);
    }

    private static String words(String what, String value) {
        return value.isEmpty() ? "" : ", " + what + value;
    }

    /** Whether the times and the size of a value fit; who owns it is another question to the node. */
    boolean fits(Candidates.Candidate value, Instant now) {
        long millis = now.toEpochMilli();
        Long end = value.expiresAt();
        return (newer.isEmpty() || value.timestamp() >= millis - millis(newer))
                && (older.isEmpty() || value.timestamp() < millis - millis(older))
                && (expires.isEmpty() || (end != null && end <= millis + millis(expires)))
                && (larger.isEmpty() || value.bytes() >= bytes());
    }

    private static long millis(String time) {
        return Durations.parse(time).toMillis();
    }

    private long bytes() {
        Matcher size = SIZE.matcher(larger);
        if (!size.matches()) {
            return 0;
        }
        long number = Long.parseLong(size.group(1));
        return switch (size.group(2)) {
            case "k" -> number * THOUSAND;
            case "M" -> number * THOUSAND * THOUSAND;
            default -> number;
        };
    }

    /** The options of {@code kvsctl find} that ask the same. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        option(options, "--newer", newer);
        option(options, "--older", older);
        option(options, "--expires-within", expires);
        return options;
    }

    private static void option(List<String> options, String name, String value) {
        if (!value.isEmpty()) {
            options.addAll(List.of(name, value));
        }
    }
}
