package dev.kvs.ctl.command;

import static dev.kvs.ctl.command.Words.argument;
import static dev.kvs.ctl.command.Words.flag;
import static dev.kvs.ctl.command.Words.option;

import dev.kvs.client.AsOf;
import dev.kvs.client.KvsClient;
import dev.kvs.client.Value;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code kvsctl get}. */
final class GetCommand implements SelfDescribed {
    private static final List<Column> PLAIN = List.of(
            Column.of("key"),
            Column.of("uuid").inWide(),
            Column.of("timestamp").inWide(),
            Column.of("expires_at").inWide(),
            Column.of("data"));

    private static final List<Column> METADATA = List.of(
            Column.of("key"),
            Column.of("uuid"),
            Column.of("timestamp"),
            Column.of("expires_at"),
            Column.of("complete").inNoTable(),
            Column.of("data"));

    private final Session session;

    private String key = "";
    private @Nullable String revision;
    private @Nullable String at;
    private boolean withMetadata;

    GetCommand(Session session) {
        this.session = session;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this)
                .name("get")
                .addPositional(argument(text -> key = text, 0, "KEY", "The key, such as users/ada."))
                .addOption(option(
                                text -> revision = text,
                                "UUID",
                                "A kept revision instead of the current one.",
                                "--revision")
                        .build())
                .addOption(option(
                                text -> at = text,
                                "TIME",
                                "The document as of a moment: milliseconds since 1970, or ISO-8601 such as"
                                        + " 2026-01-31T12:00:00Z.",
                                "--at")
                        .build())
                .addOption(flag(
                                given -> withMetadata = given,
                                "Show version, times and the document together.",
                                "--with-metadata")
                        .build());
        spec.usageMessage()
                .description(
                        "Show the document under a key.",
                        "A pipe gets it as it is stored, followed by a line feed; with -o raw not even that is added.")
                .footer(
                        "",
                        "Examples:",
                        "  kvsctl get users/ada",
                        "  kvsctl get users/ada --pointer /address/city",
                        "  kvsctl get users/ada --at 2026-01-31T12:00:00Z --with-metadata -o yaml");
        return spec;
    }

    @Override
    public ExitCode run() {
        if (revision != null && at != null) {
            throw Failure.usage("--revision and --at exclude each other");
        }
        AsOf found = find(session.client());
        Value value = found.value().orElseThrow(this::missing);
        Instant written = value.writtenAt();
        Instant expires = value.expiry().orElse(null);
        if (withMetadata) {
            Boolean complete = at == null ? null : found.complete();
            session.output().single(METADATA, key, value.uuid(), written, expires, complete, value.json());
        } else {
            session.output().document(value.json(), PLAIN, key, value.uuid(), written, expires, value.json());
        }
        if (!found.complete()) {
            session.output()
                    .note("kvsctl: older history of " + key + " has been pruned: this may not be what stood there");
        }
        return ExitCode.OK;
    }

    private AsOf find(KvsClient client) {
        Session.key(key);
        if (at != null) {
            return client.at(key, Arguments.moment("--at", at));
        }
        Optional<Value> value =
                revision == null ? client.get(key) : client.revision(key, Arguments.uuid("--revision", revision));
        return new AsOf(value, true);
    }

    private Failure missing() {
        return revision == null
                ? Failure.of(
                        ExitCode.NOT_FOUND,
                        "not_found",
                        key + (at == null ? " is not stored" : " was not stored at " + at))
                : Failure.of(
                        ExitCode.NOT_FOUND,
                        "revision_not_found",
                        "revision " + revision + " of " + key + " is not kept; kvsctl history " + key
                                + " lists those that are");
    }
}
