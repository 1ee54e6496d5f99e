package dev.kvs.ctl.command;

import dev.kvs.client.WriteOptions;
import dev.kvs.client.Written;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl put}. */
@Command(
        name = "put",
        description = {"Store a JSON document under a key.", "It is sent byte for byte and stored as it is."},
        footer = {
            "",
            "Examples:",
            "  kvsctl put users/ada '{\"name\":\"Ada\"}'",
            "  kvsctl put users/ada @ada.json --if-absent",
            "  curl -s https://example.org/rates.json | kvsctl put rates - --ttl 1h"
        })
final class PutCommand implements Action {
    /** What {@code put} and {@code restore} confirm. */
    static final List<Column> WRITTEN = List.of(
            Column.of("key"),
            Column.of("uuid"),
            Column.of("timestamp"),
            Column.of("created"),
            Column.number("acks").inWide());

    static final List<Column> DRY_RUN = List.of(Column.of("key"), Column.of("dry_run"), Column.number("bytes"));

    private final Session session;

    @Parameters(index = "0", paramLabel = "KEY", description = "The key, such as users/ada.")
    String key = "";

    @Parameters(
            index = "1",
            paramLabel = "JSON|-|@FILE",
            description = "The document, - for standard input, or a file.")
    String value = "";

    @Option(names = "--ttl", paramLabel = "DURATION", description = "Expire after 90s, 15m, 1h, 7d ...; 0 for never.")
    @Nullable
    String ttl;

    @Option(names = "--if-match", paramLabel = "UUID", description = "Only when this version is the current one.")
    @Nullable
    String ifMatch;

    @Option(names = "--if-absent", description = "Only when nothing is stored there.")
    boolean ifAbsent;

    @Option(
            names = "--idempotency-key",
            paramLabel = "WORD",
            description = "Makes repeats safe: within 10 minutes the node stores only the first with this word.")
    @Nullable
    String idempotencyKey;

    PutCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Session.key(key);
        WriteOptions options = Arguments.write(ttl, ifMatch, ifAbsent, idempotencyKey);
        byte[] json = Arguments.document(session, value);
        if (session.settings().dryRun()) {
            session.output().confirmation(DRY_RUN, key, true, json.length);
            return ExitCode.OK;
        }
        Written written = session.client().put(key, json, options);
        confirm(session, key, written);
        return ExitCode.OK;
    }

    /** Says what was written. */
    static void confirm(Session session, String key, Written written) {
        session.output()
                .confirmation(
                        WRITTEN,
                        key,
                        written.uuid(),
                        Instant.ofEpochMilli(written.timestamp()),
                        written.created(),
                        written.acks());
    }
}
