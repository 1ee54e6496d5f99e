package dev.kvs.ctl.command;

import dev.kvs.ctl.output.ExitCode;
import dev.kvs.ctl.output.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kvsctl completion}. */
@Command(
        name = "completion",
        description = {
            "Print the script that lets a shell complete commands, flags, keys, members and contexts.",
            "Keys come from the node, a segment at a time; when it does not answer at once, none are shown."
        },
        footer = {
            "",
            "Examples:",
            "  eval \"$(kvsctl completion bash)\"                                # in ~/.bashrc",
            "  kvsctl completion zsh > ~/.zfunc/_kvsctl                          # a folder of fpath",
            "  kvsctl completion fish > ~/.config/fish/completions/kvsctl.fish"
        })
final class CompletionCommand implements Action {
    private static final Set<String> SHELLS = Set.of("bash", "zsh", "fish");

    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    String shell = "";

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode run() {
        if (!SHELLS.contains(shell)) {
            throw Failure.usage("'" + shell + "' must be bash, zsh or fish");
        }
        try (InputStream script = CompletionCommand.class.getResourceAsStream("completion." + shell)) {
            if (script == null) {
                throw new IllegalStateException("the script for " + shell + " is missing");
            }
            session.output().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            return ExitCode.OK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
