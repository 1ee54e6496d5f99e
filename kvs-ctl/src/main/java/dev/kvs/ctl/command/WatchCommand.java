package dev.kvs.ctl.command;

import dev.kvs.client.Watch;
import dev.kvs.client.WatchEvent;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.JsonText;
import dev.kvs.wire.RawJson;
import dev.kvs.wire.StreamedDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kvsctl watch}. */
@Command(
        name = "watch",
        description = {
            "Print what happens to documents as it happens, a line of JSON for each put and delete.",
            "Each change comes once, those of a key in order, also when the node restarts. A line with the event"
                    + " resync",
            "says that older changes are not kept any more: read again what you watch."
        },
        footer = {
            "",
            "Examples:",
            "  kvsctl watch users/",
            "  kvsctl watch orders/ --resume orders.position --exec 'jq .data | ./process.sh'",
            "  kvsctl watch jobs/42 --until 1"
        })
final class WatchCommand implements Action {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "The first characters of the keys: users/ is all below users. Without it, everything.")
    String prefix = "";

    @Option(names = "--until", paramLabel = "N", description = "End after so many changes.")
    long until = Long.MAX_VALUE;

    @Option(names = "--since", paramLabel = "ID", description = "Go on behind the change with this id.")
    @Nullable
    String since;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Keep the position in this file, and go on from there the next time.")
    @Nullable
    String resume;

    @Option(
            names = "--exec",
            paramLabel = "COMMAND",
            description = "Give each change to a shell command, as a line on its standard input, with KVSCTL_EVENT and"
                    + " KVSCTL_KEY set; the watch ends when the command fails.")
    @Nullable
    String exec;

    WatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (until < 1) {
            throw Failure.usage("--until " + until + " is out of bounds: at least 1");
        }
        if (since != null && resume != null) {
            throw Failure.usage("--since and --resume exclude each other");
        }
        try (Watch watch = session.client().watch(prefix, resume == null ? since : position(resume))) {
            for (long seen = 0; seen < until; ) {
                WatchEvent event = watch.next();
                if (event == null) {
                    return ExitCode.CANCELLED;
                }
                handle(event);
                seen += event.kind() == WatchEvent.Kind.RESYNC ? 0 : 1;
            }
        }
        return ExitCode.OK;
    }

    private void handle(WatchEvent event) {
        String line = json(event);
        if (exec == null) {
            StreamedDocument document = event.document();
            if (session.output().namesOnly() && document != null) {
                session.output().name(document.key());
            } else {
                session.output().print(line);
            }
            session.output().flush();
        } else {
            execute(exec, event, line);
        }
        // Behind the output: a change that was cut off in the middle comes again.
        if (resume != null) {
            remember(resume, event.id());
        }
    }

    private static String json(WatchEvent event) {
        StreamedDocument document = event.document();
        JsonText json = new JsonText().open('{').field("event", word(event)).field("id", event.id());
        if (document != null) {
            json.field("key", document.key()).field("uuid", document.uuid()).field("timestamp", document.timestamp());
            RawJson data = document.data();
            if (data != null) {
                json.field("data", data);
            }
            if (document.expiresAt() != null) {
                json.field("expires_at", document.expiresAt());
            }
        }
        return json.close('}').toString();
    }

    private static String word(WatchEvent event) {
        return event.kind().name().toLowerCase(Locale.ROOT);
    }

    private static void execute(String command, WatchEvent event, String line) {
        StreamedDocument document = event.document();
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        shell.environment().put("KVSCTL_EVENT", word(event));
        shell.environment().put("KVSCTL_KEY", document == null ? "" : document.key());
        try {
            Process process = shell.start();
            give(process, line);
            int code = process.waitFor();
            if (code != 0) {
                throw Failure.of(ExitCode.SERVER_ERROR, "exec_failed", "--exec ended with " + code + " for " + line);
            }
        } catch (IOException e) {
            throw Failure.of(ExitCode.SERVER_ERROR, "exec_failed", "--exec cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(ExitCode.CANCELLED, "cancelled", "interrupted while --exec ran");
        }
    }

    private static void give(Process process, String line) {
        try (OutputStream in = process.getOutputStream()) {
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // A command need not read what it is given; how it ends is what counts.
            return;
        }
    }

    private static @Nullable String position(String file) {
        try {
            Path path = Path.of(file);
            String text = Files.exists(path) ? Files.readString(path).strip() : "";
            return text.isEmpty() ? null : text;
        } catch (IOException | InvalidPathException e) {
            throw Failure.usage("--resume " + file + " cannot be read: " + Failure.reason(e));
        }
    }

    private static void remember(String file, String position) {
        try {
            Path next = Files.writeString(Path.of(file + ".next"), position + "\n");
            Files.move(next, Path.of(file), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Failure.of(ExitCode.SERVER_ERROR, "position_lost", "--resume " + file + ": " + Failure.reason(e));
        }
    }
}
