package dev.kvs.ctl.command;

import dev.kvs.client.KvsClientException;
import dev.kvs.client.Value;
import dev.kvs.client.WriteOptions;
import dev.kvs.ctl.context.PrivateFiles;
import dev.kvs.ctl.output.Differences;
import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import dev.kvs.ctl.output.JsonLayout;
import dev.kvs.wire.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl edit}. */
@Command(
        name = "edit",
        description = {
            "Change a document in your editor (VISUAL, EDITOR, or vi), show what differs, and store it if nobody else"
                    + " has changed it meanwhile.",
            "When it cannot be stored, the text is kept in a file that is named."
        },
        footer = {"", "Examples:", "  kvsctl edit users/ada", "  EDITOR='code --wait' kvsctl edit settings"})
final class EditCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "KEY", description = "The key, such as users/ada.")
    String key = "";

    EditCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        Value value = session.client().get(Session.key(key)).orElseThrow(() -> TouchCommand.missing(key));
        String before = JsonLayout.editable(value.text()) + "\n";
        try {
            Path file = Files.createTempDirectory("kvsctl-edit").resolve("document.json");
            PrivateFiles.write(file, before);
            edit(file);
            ExitCode exit = store(value, before, file);
            tidy(file);
            return exit;
        } catch (IOException e) {
            throw Failure.of(
                    ExitCode.SERVER_ERROR, "not_edited", "the document cannot be edited: " + Failure.reason(e));
        }
    }

    /** What was edited is stored by now: a file that an editor has left behind is no failure. */
    private void tidy(Path file) {
        try {
            Files.delete(file);
            Files.delete(file.getParent());
        } catch (IOException left) {
            session.output().note("The editor's files are left in " + file.getParent() + ".");
        }
    }

    private void edit(Path file) throws IOException {
        String editor = session.settings().editor();
        Process process = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString())
                .inheritIO()
                .start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw Failure.of(
                        ExitCode.SERVER_ERROR,
                        "editor_failed",
                        "the editor '" + editor + "' ended with " + code + "; EDITOR names another." + kept(file));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(ExitCode.CANCELLED, "cancelled", "interrupted while the editor was open." + kept(file));
        }
    }

    private static String kept(Path file) {
        return " Nothing was stored; the text is in " + file;
    }

    private ExitCode store(Value value, String before, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String after = new String(bytes, StandardCharsets.UTF_8);
        if (after.equals(before)) {
            session.output().note("Nothing was changed.");
            return ExitCode.OK;
        }
        try {
            RawJson json = Arguments.json(bytes);
            new Differences(value.text(), json.text()).lines().forEach(session.output()::note);
            if (!session.onlyShows(key, "would_change")) {
                boolean lines = value.text().indexOf('\n') >= 0;
                WriteOptions options =
                        WriteOptions.NONE.withIfMatch(value.uuid()).withTtl(Arguments.left(value.expiresAt()));
                String text = lines ? after.stripTrailing() : JsonLayout.compact(json.text());
                PutCommand.confirm(session, key, session.client().put(key, text, options));
            }
            return ExitCode.OK;
        } catch (KvsClientException refused) {
            throw Refusals.of(refused).adding(kept(file));
        } catch (Failure notJson) {
            throw notJson.adding("." + kept(file));
        }
    }
}
