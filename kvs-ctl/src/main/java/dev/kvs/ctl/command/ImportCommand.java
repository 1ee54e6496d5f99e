package dev.kvs.ctl.command;

import dev.kvs.client.KvsClientException;
import dev.kvs.ctl.output.Column;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.wire.ErrorCode;
import dev.kvs.wire.ImportMode;
import dev.kvs.wire.ImportReport;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl import}. */
@Command(
        name = "import",
        description = {
            "Store many documents: lines of an export, or objects of keys and their documents.",
            "At a line that is broken it stops and says which; what stands before it is stored.",
            "Of a key that stands in several lines the first counts with skip, and the last with overwrite. In one"
                + " object of keys a name that repeats one of the first 10000 is refused; a later repeat counts as a"
                + " line would."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl import all.ndjson",
            "  kvsctl import all.ndjson --mode newer --from-line 5001",
            "  echo '{\"users/ada\":{\"name\":\"Ada\"}}' | kvsctl import -"
        })
final class ImportCommand implements Action {
    private static final List<Column> COLUMNS = List.of(
            Column.of("file"),
            Column.number("lines"),
            Column.number("created"),
            Column.number("replaced"),
            Column.number("skipped"));

    private static final List<Column> DRY_RUN =
            List.of(Column.of("file"), Column.of("dry_run"), Column.number("lines"));

    private static final int BUFFER = 64 << 10;

    /** Longer than any document that a node takes by default; what is longer is one object of keys and documents. */
    private static final int LINE_MAX = 64 << 20;

    /** Lines of one request: few enough that little is repeated after a break, enough that each is a small cost. */
    private static final int LINES = 10_000;

    /** Bytes after which a request is sent. */
    private static final int BYTES = 8 << 20;

    /** For a node that is overloaded and does not say for how long. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final Session session;

    @Parameters(paramLabel = "FILE|-", description = "The file, - for standard input.")
    String file = "";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "Where a key is stored already: skip (the default), overwrite, or newer by timestamp.")
    String mode = ImportMode.SKIP.word();

    @Option(names = "--from-line", paramLabel = "N", description = "Leave out the lines before this one.")
    long fromLine = 1;

    /** What was done before the request that is being sent; its lines are those of the file. */
    private ImportReport done = ImportReport.NOTHING;

    ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        ImportMode how = ImportMode.of(mode)
                .orElseThrow(() -> Failure.usage("--mode '" + mode + "' must be skip, overwrite or newer"));
        if (fromLine < 1) {
            throw Failure.usage("--from-line " + fromLine + " is out of bounds: the first line is 1");
        }
        if (how != ImportMode.SKIP && !session.settings().dryRun()) {
            session.requireUnguarded("import --mode " + mode + " replaces documents");
        }
        try (InputStream in = new BufferedInputStream(open(), BUFFER)) {
            for (long line = 1; line < fromLine; line++) {
                byte[] _ = line(in);
            }
            done = new ImportReport(fromLine - 1, 0, 0, 0);
            send(in, how);
        } catch (IOException e) {
            throw Failure.usage(file + " cannot be read: " + Failure.reason(e));
        }
        if (session.settings().dryRun()) {
            session.output().confirmation(DRY_RUN, file, true, done.lines());
        } else {
            session.output().confirmation(COLUMNS, file, done.lines(), done.created(), done.replaced(), done.skipped());
        }
        return ExitCode.OK;
    }

    private InputStream open() throws IOException {
        if (!file.equals("-")) {
            try {
                return Files.newInputStream(Path.of(file));
            } catch (InvalidPathException e) {
                throw Failure.usage(file + " is not a path");
            }
        }
        if ("-".equals(session.settings().tokenFile())) {
            throw Failure.usage("the documents and --token-file cannot both come from standard input");
        }
        if (session.output().streams().inIsTerminal() && session.settings().noInput()) {
            throw Failure.usage("'-' would read the documents from a terminal, which --no-input forbids");
        }
        return session.output().streams().in();
    }

    /** Sends lines in requests of many; where the first is no whole object, the input is one object and sent as a whole. */
    private void send(InputStream in, ImportMode how) throws IOException {
        byte[] line = line(in);
        if (line.length > 0 && !isWholeObject(line)) {
            sendWhole(new SequenceInputStream(new ByteArrayInputStream(line), in), how);
            return;
        }
        while (line.length > 0) {
            ByteArrayOutputStream segment = new ByteArrayOutputStream();
            long lines = 0;
            for (; line.length > 0 && lines < LINES && segment.size() < BYTES; line = line(in)) {
                segment.writeBytes(line);
                lines++;
            }
            sendLines(segment.toByteArray(), done.lines() + lines, how);
        }
    }

    /** Sends lines; where the node is overloaded in the middle of them, what is left of them again when it has had time. */
    private void sendLines(byte[] segment, long through, ImportMode how) {
        byte[] left = segment;
        long stuckSince = System.nanoTime();
        while (left.length > 0
                && !new String(left, StandardCharsets.UTF_8).isBlank()
                && !session.settings().dryRun()) {
            try {
                done = done.plus(session.client().load(left, how));
                left = new byte[0];
            } catch (KvsClientException.Refused refused) {
                ImportReport partly = done(refused);
                if (!refused.is(ErrorCode.OVERLOADED) || !rest(refused, partly, stuckSince)) {
                    throw stopped(done.plus(partly), Refusals.of(refused));
                }
                stuckSince = partly.documents() > 0 ? System.nanoTime() : stuckSince;
                done = done.plus(partly);
                left = behind(left, partly.lines());
            } catch (KvsClientException lost) {
                throw stopped(done, Refusals.of(lost));
            }
        }
        done = new ImportReport(through, done.created(), done.replaced(), done.skipped());
        if (session.output().streams().errIsTerminal()) {
            session.output().note("kvsctl: " + through + " lines");
        }
    }

    /** Waits as long as the node asks for; false when it has taken nothing for longer than the timeout. */
    private boolean rest(KvsClientException.Refused refused, ImportReport partly, long stuckSince) {
        Duration wait = refused.retryAfter().orElse(REST);
        boolean moves = partly.documents() > 0;
        Duration stuck = Duration.ofNanos(System.nanoTime() - stuckSince);
        if (!moves && stuck.plus(wait).compareTo(session.settings().timeout()) >= 0) {
            return false;
        }
        LockSupport.parkNanos(wait.toNanos());
        if (Thread.interrupted()) {
            throw stopped(done.plus(partly), Failure.of(ExitCode.CANCELLED, "cancelled", "interrupted while waiting."));
        }
        return true;
    }

    private static byte[] behind(byte[] segment, long lines) {
        int from = 0;
        for (long line = 0; line < lines && from < segment.length; from++) {
            line += segment[from] == '\n' ? 1 : 0;
        }
        return Arrays.copyOfRange(segment, from, segment.length);
    }

    /** The next line with its end; empty at the end of the input. One that is too long for a document comes in parts. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n' || line.size() >= LINE_MAX) {
                break;
            }
        }
        return line.toByteArray();
    }

    /** Whether a line stands for itself. A blank one does: it may stand between others. */
    private static boolean isWholeObject(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8).strip();
        return text.isEmpty() || (text.startsWith("{") && text.endsWith("}") && line.length < LINE_MAX);
    }

    private void sendWhole(InputStream object, ImportMode how) {
        if (session.settings().dryRun()) {
            return;
        }
        try {
            done = done.plus(session.client().load(object, how));
        } catch (KvsClientException.Refused refused) {
            throw stopped(done.plus(done(refused)), Refusals.of(refused));
        } catch (KvsClientException lost) {
            throw stopped(done, Refusals.of(lost));
        }
    }

    /** What a request did before it was refused. */
    private static ImportReport done(KvsClientException.Refused refused) {
        ImportReport partly = refused.problem().done();
        return partly == null ? ImportReport.NOTHING : partly;
    }

    /** Says what was done and where to go on. The node counts lines from the beginning of the request. */
    private Failure stopped(ImportReport all, Failure cause) {
        String where = done.lines() == 0 ? "" : " (lines of this request begin behind line " + done.lines() + ")";
        String detail = cause.detail() + where + " Done: " + all.created() + " created, " + all.replaced()
                + " replaced, " + all.skipped() + " skipped. Go on with --from-line " + (all.lines() + 1) + ".";
        return Failure.of(all.documents() > 0 ? ExitCode.PARTIAL : cause.exit(), cause.code(), detail);
    }
}
