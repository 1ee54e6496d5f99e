package dev.kvs.ctl.command;

import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.JsonText;
import dev.kvs.ctl.output.Listing;
import dev.kvs.wire.RawJson;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl metrics}. */
@Command(
        name = "metrics",
        description = {
            "Print the node's metrics in the text form of Prometheus, or those whose names have a word in them.",
            "With -o each is a record of its name, labels and value."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl metrics wal",
            "  kvsctl metrics requests_seconds_count -o ndjson | jq 'select(.labels.status == \"5xx\")'"
        })
final class MetricsCommand implements Action {
    private static final List<Column> COLUMNS = List.of(Column.of("name"), Column.of("labels"), Column.number("value"));

    /** A sample in the text form; a label's value may hold braces, so the labels go up to the last one. */
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)(?: -?\\d+)?");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "WORD", description = "Only metrics with this in their names.")
    String word = "";

    MetricsCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        List<String> lines =
                session.client().metrics().lines().filter(this::isWanted).toList();
        if (session.output().plain()) {
            lines.forEach(session.output()::print);
            return ExitCode.OK;
        }
        Listing listing = session.output().listing("metrics", COLUMNS);
        for (String line : lines) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                listing.row(sample.group(1), labels(sample.group(2)), value(sample.group(3)));
            }
        }
        listing.end();
        return ExitCode.OK;
    }

    private static @Nullable RawJson labels(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JsonText json = new JsonText().open('{');
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            json.field(label.group(1), unescaped(label.group(2)));
        }
        return new RawJson(json.close('}').toString());
    }

    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && ++i < value.length()) {
                c = value.charAt(i) == 'n' ? '\n' : value.charAt(i);
            }
            text.append(c);
        }
        return text.toString();
    }

    /** A number as it is spelled; NaN and the infinities are none in JSON, and stay words. */
    private static Object value(String text) {
        return NUMBER.matcher(text).matches() ? new RawJson(text) : text;
    }

    /** Of {@code # HELP name ...}, {@code # TYPE name ...} and {@code name{...} value} the name is looked at. */
    private boolean isWanted(String line) {
        String name =
                line.startsWith("# ") && line.length() > "# HELP ".length() ? line.substring("# HELP ".length()) : line;
        int end = 0;
        while (end < name.length() && name.charAt(end) != ' ' && name.charAt(end) != '{') {
            end++;
        }
        return name.substring(0, end).contains(word);
    }
}
